package io.membersync.spring;

import io.membersync.MemberSyncBuilder;
import io.membersync.MemberSyncEngine;
import io.membersync.connector.ConnectorFactory;
import io.membersync.event.AlertListener;
import io.membersync.event.AuditListener;
import io.membersync.event.HealthListener;
import io.membersync.event.SyncListener;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.meter.MeterSink;
import io.membersync.run.JobRunner;
import io.membersync.secret.KeyProvider;
import io.membersync.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.BeanFactory;

/** Builds the engine of the host's properties and beans. */
final class HostEngine {

    private final MemberSyncBuilder builder;
    private final MemberSyncProperties properties;
    private final BeanFactory beans;

    HostEngine(Storage storage, MemberSyncProperties properties, BeanFactory beans) {
        this.builder = MemberSyncEngine.builder(storage);
        this.properties = properties;
        this.beans = beans;
    }

    MemberSyncEngine build() {
        takeProperties();
        takeBeans();
        beans.getBeanProvider(MemberSyncCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private void takeProperties() {
        builder.name(properties.name())
                .parallelRuns(properties.parallelRuns())
                .manualInterval(properties.manualInterval())
                .allowTargets(properties.allowTargets().toArray(String[]::new));
        if (properties.testMode()) {
            builder.testMode();
        }
        List<Violation> violations = new ArrayList<>();
        MemberSyncProperties.Batches batches = properties.batches();
        check(violations, "batches", () -> builder.batches(batches.rows(), batches.pages(), batches.age()));
        check(violations, "requests", () -> builder.limits(properties.requests().limits()));
        check(violations, "retries", () -> builder.retries(properties.retries().policy()));
        if (beans.getBeanProvider(KeyProvider.class).getIfAvailable() == null) {
            check(violations, "keys", () -> ConfiguredKeys.of(properties.keys()).ifPresent(builder::keys));
        }
        if (!violations.isEmpty()) {
            throw new InvalidConfigurationException("The configuration", violations);
        }
    }

    private static void check(List<Violation> violations, String property, Runnable setting) {
        try {
            setting.run();
        } catch (InvalidConfigurationException refused) {
            violations.addAll(refused.violations());
        } catch (IllegalArgumentException | ArithmeticException refused) {
            violations.add(new Violation("membersync." + property, String.valueOf(refused.getMessage())));
        }
    }

    private void takeBeans() {
        beans.getBeanProvider(KeyProvider.class).ifAvailable(builder::keys);
        beans.getBeanProvider(JobRunner.class).ifAvailable(builder::jobRunner);
        each(ConnectorFactory.class, builder::connector);
        each(AuditListener.class, builder::onAudit);
        each(SyncListener.class, builder::onSync);
        each(AlertListener.class, builder::onAlert);
        each(HealthListener.class, builder::onHealth);
        each(MeterSink.class, builder::onMeasured);
    }

    private <T> void each(Class<T> type, Consumer<T> taker) {
        beans.getBeanProvider(type).orderedStream().forEach(taker);
    }
}
