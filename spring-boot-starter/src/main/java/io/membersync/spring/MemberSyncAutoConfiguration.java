package io.membersync.spring;

import io.membersync.MemberSyncEngine;
import io.membersync.http.Credentials;
import io.membersync.storage.MemberStore;
import io.membersync.storage.Storage;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.storage.jdbc.MemberTable;
import io.membersync.storage.jdbc.TransactionRunner;
import io.membersync.vipps.IdentityProfile;
import io.membersync.vipps.VippsEnrichment;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Configures an engine of the host's data source, properties and beans; each bean only where the host has none. A host
 * that brings its own engine starts and closes it, too. Picks up the host's {@code MemberTable} or {@code MemberStore},
 * {@code KeyProvider}, {@code ConnectorFactory}s, listeners, {@code MeterSink}s, {@code JobRunner} and
 * {@link MemberSyncCustomizer}s. A listener that calls the engine takes an {@code ObjectProvider} of it, since the engine
 * is made of the listeners.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "membersync.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MemberSyncProperties.class)
public class MemberSyncAutoConfiguration {

    /**
     * The phase of the engine's start and stop: it starts after, and stops before, everything of a lower phase, web servers
     * among them.
     */
    public static final int PHASE = SmartLifecycle.DEFAULT_PHASE;

    MemberSyncAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(Storage.class)
    @DependsOnDatabaseInitialization
    JdbcStorage memberSyncStorage(
            MemberSyncProperties properties,
            ObjectProvider<DataSource> dataSource,
            ObjectProvider<PlatformTransactionManager> manager,
            ObjectProvider<TransactionRunner> runner,
            ObjectProvider<MemberTable> table,
            ObjectProvider<MemberStore> store) {
        JdbcStorage storage = new HostStorage(dataSource, manager, runner, table, store).storage();
        return properties.installTables() ? storage.install() : storage;
    }

    /** The engine, and its start and stop. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(MemberSyncEngine.class)
    static class Engine {

        @Bean
        MemberSyncEngine memberSyncEngine(Storage storage, MemberSyncProperties properties, BeanFactory beans) {
            return new HostEngine(storage, properties, beans).build();
        }

        @Bean
        SmartLifecycle memberSyncLifecycle(MemberSyncEngine engine, MemberSyncProperties properties) {
            return new EngineLifecycle(engine, properties.autoStartup());
        }
    }

    /** Health, where Boot has it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class HealthParts {

        // The bean's name is what the endpoint calls it.
        @Bean("membersyncHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("membersync")
        @ConditionalOnMissingBean(name = "membersyncHealthIndicator")
        HealthIndicator membersyncHealthIndicator(MemberSyncEngine engine) {
            return new MemberSyncHealthIndicator(engine);
        }
    }

    /** Metrics, where the host has a registry of meters. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class MeterParts {

        @Bean
        @ConditionalOnMissingBean
        MemberSyncMeters memberSyncMeters(MeterRegistry registry) {
            return new MemberSyncMeters(registry);
        }
    }

    /** Traces, where the host observes. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    @ConditionalOnBean(ObservationRegistry.class)
    static class TraceParts {

        @Bean
        @ConditionalOnMissingBean
        MemberSyncTraces memberSyncTraces(ObservationRegistry registry) {
            return new MemberSyncTraces(registry);
        }
    }

    /** Masked secrets, where Actuator shows properties. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class ActuatorParts {

        @Bean
        SanitizingFunction memberSyncSecretSanitizer(MemberSyncProperties properties) {
            return new SecretSanitizer(properties);
        }
    }

    /** The address for webhooks, where it is switched on. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.servlet.DispatcherServlet")
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnBooleanProperty("membersync.webhooks.enabled")
    static class WebParts {

        @Bean
        WebhookEndpoint memberSyncWebhookEndpoint(MemberSyncEngine engine) {
            return new WebhookEndpoint(engine);
        }
    }

    /** Vipps Login, where enrichment is on the class path and a client is named. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(VippsEnrichment.class)
    static class VippsParts {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty("membersync.vipps.client-id")
        IdentityProfile vippsProfile(MemberSyncProperties properties) {
            MemberSyncProperties.Vipps vipps = properties.vipps();
            String client = String.valueOf(vipps.clientId());
            return vipps.testEnvironment() ? IdentityProfile.vippsTest(client) : IdentityProfile.vipps(client);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnSingleCandidate(IdentityProfile.class)
        VippsEnrichment vippsEnrichment(
                MemberSyncEngine engine, IdentityProfile profile, MemberSyncProperties properties) {
            VippsEnrichment enrichment = VippsEnrichment.on(engine, profile);
            String secret = properties.vipps().callbackSecret();
            return secret == null ? enrichment : enrichment.expectingCallbacksWith(new Credentials.ApiKey(secret));
        }
    }
}
