package io.membersync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSyncEngine;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.health.HealthQuery;
import io.membersync.model.Caller;
import io.membersync.secret.KeyProvider;
import io.membersync.storage.MemberStore;
import io.membersync.storage.Storage;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.storage.jdbc.MemberTable;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.vipps.IdentityProfile;
import io.membersync.vipps.VippsEnrichment;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

/** What is configured, and where it gives way to the host's own. */
@Requirement("G4")
class MemberSyncAutoConfigurationTest {

    private static final AutoConfigurations ALL = AutoConfigurations.of(
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            MemberSyncAutoConfiguration.class);

    private final ApplicationContextRunner bare = new ApplicationContextRunner().withConfiguration(ALL);
    private final ApplicationContextRunner host = bare.withPropertyValues(Settings.keys());

    @Test
    void aDataSourceAndAKeyAreEnough() {
        host.run(context -> {
            assertThat(context).hasSingleBean(MemberSyncEngine.class).hasSingleBean(JdbcStorage.class);
            assertThat(context.getBean(EngineLifecycle.class).isRunning()).isTrue();
            assertThat(context.getBean(MemberSyncEngine.class)
                            .as(Caller.host())
                            .health()
                            .find(HealthQuery.all())
                            .items())
                    .isEmpty();
            assertThat(context).hasBean("membersyncHealthIndicator");
            assertThat(context)
                    .doesNotHaveBean(MemberSyncMeters.class)
                    .doesNotHaveBean(WebhookEndpoint.class)
                    .doesNotHaveBean(VippsEnrichment.class);
        });
    }

    @Test
    void nothingIsConfiguredWhereItIsSwitchedOff() {
        bare.withPropertyValues("membersync.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(MemberSyncEngine.class)
                        .doesNotHaveBean(Storage.class)
                        .doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void anEngineThatDoesNotStartByItselfAnswersAllTheSame() {
        host.withPropertyValues("membersync.auto-startup=false").run(context -> {
            assertThat(context.getBean(EngineLifecycle.class).isRunning()).isFalse();
            assertThat(context.getBean(HealthIndicator.class).health())
                    .asString()
                    .contains("UP");
        });
    }

    @Test
    void anEngineOfTheHostIsTheHostsToStart() {
        MemberSyncEngine own = MemberSyncEngine.builder(new InMemoryStorage())
                .keys(KeyProvider.random())
                .build();
        bare.withBean(MemberSyncEngine.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(MemberSyncEngine.class).doesNotHaveBean(EngineLifecycle.class);
            own.start();
        });
    }

    @Test
    void aStorageOfTheHostTakesThePlaceOfOurs() {
        host.withBean(Storage.class, InMemoryStorage::new)
                .run(context -> assertThat(context)
                        .hasSingleBean(MemberSyncEngine.class)
                        .hasSingleBean(Storage.class)
                        .doesNotHaveBean(JdbcStorage.class));
    }

    @Test
    void keysOfTheHostTakeThePlaceOfProperties() {
        bare.withBean(KeyProvider.class, KeyProvider::random)
                .withPropertyValues("membersync.keys.current=nobody-looks-here")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aMemberStoreOfTheHostIsPickedUp() {
        MemberStore own = absent(MemberStore.class);
        host.withBean(MemberStore.class, () -> own)
                .run(context -> assertThat(
                                context.getBean(Storage.class).<MemberStore>inTransaction(session -> session.members()))
                        .isSameAs(own));
    }

    @Test
    void connectorsOfTheHostArePickedUp() {
        List<String> asked = new ArrayList<>();
        ConnectorFactory own = (ConnectorFactory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConnectorFactory.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return method.invoke(new CornerstoneConnectorFactory(), arguments);
                });
        host.withBean(ConnectorFactory.class, () -> own).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(asked).contains("system");
        });
    }

    @Test
    void theCustomizerHasTheLastWord() {
        host.withPropertyValues("membersync.parallel-runs=65")
                .withBean(MemberSyncCustomizer.class, () -> builder -> builder.parallelRuns(3))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whatTheHostDoesNotHaveIsNotMissed() {
        host.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.health",
                        "org.springframework.boot.actuate",
                        "io.micrometer",
                        "org.springframework.web",
                        "org.springframework.security",
                        "io.membersync.vipps"))
                .withPropertyValues("membersync.webhooks.enabled=true", "membersync.vipps.client-id=somebody")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(MemberSyncEngine.class)
                        .doesNotHaveBean("membersyncHealthIndicator")
                        .doesNotHaveBean("memberSyncSecretSanitizer")
                        .doesNotHaveBean("vippsEnrichment")
                        .doesNotHaveBean("memberSyncWebhookEndpoint"));
    }

    @Test
    void healthIsSwitchedOffLikeAnyOther() {
        host.withPropertyValues("management.health.membersync.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("membersyncHealthIndicator"));
    }

    @Test
    void metersGoWhereTheHostHasARegistry() {
        host.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context).hasSingleBean(MemberSyncMeters.class));
    }

    @Test
    void webhooksAreTakenInAWebApplicationThatSaysSo() {
        WebApplicationContextRunner web =
                new WebApplicationContextRunner().withConfiguration(ALL).withPropertyValues(Settings.keys());

        web.run(context -> assertThat(context).doesNotHaveBean(WebhookEndpoint.class));
        web.withPropertyValues("membersync.webhooks.enabled=true")
                .run(context -> assertThat(context).hasSingleBean(WebhookEndpoint.class));
        host.withPropertyValues("membersync.webhooks.enabled=true")
                .run(context -> assertThat(context).doesNotHaveBean(WebhookEndpoint.class));
    }

    @Test
    void vippsIsThereForAClientOrAProfile() {
        host.withPropertyValues("membersync.vipps.client-id=unit", "membersync.vipps.test-environment=true")
                .run(context -> {
                    assertThat(context).hasSingleBean(VippsEnrichment.class);
                    assertThat(context.getBean(IdentityProfile.class)).isEqualTo(IdentityProfile.vippsTest("unit"));
                });
        IdentityProfile own = IdentityProfile.vipps("own").ofSalesUnit("123");
        host.withBean(IdentityProfile.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(VippsEnrichment.class);
            assertThat(context.getBean(IdentityProfile.class)).isSameAs(own);
        });
    }

    @Test
    void everyPropertyArrives() {
        host.withPropertyValues(
                        "membersync.name=sync",
                        "membersync.parallel-runs=4",
                        "membersync.manual-interval=90s",
                        "membersync.allow-targets=registry.internal,10.1.0.0/16",
                        "membersync.batches.rows=7",
                        "membersync.batches.age=1m",
                        "membersync.requests.answer=10s",
                        "membersync.requests.max-body=1MB",
                        "membersync.retries.max-attempts=2")
                .run(context -> {
                    MemberSyncProperties properties = context.getBean(MemberSyncProperties.class);
                    assertThat(properties.name()).isEqualTo("sync");
                    assertThat(properties.parallelRuns()).isEqualTo(4);
                    assertThat(properties.manualInterval()).isEqualTo(Duration.ofSeconds(90));
                    assertThat(properties.allowTargets()).containsExactly("registry.internal", "10.1.0.0/16");
                    assertThat(properties.batches())
                            .isEqualTo(new MemberSyncProperties.Batches(7, 20, Duration.ofMinutes(1)));
                    assertThat(properties.requests())
                            .isEqualTo(new MemberSyncProperties.Requests(
                                    Duration.ofSeconds(5), Duration.ofSeconds(10), DataSize.ofMegabytes(1)));
                    assertThat(properties.retries().policy().maxAttempts()).isEqualTo(2);
                    assertThat(properties.keys().known()).isEqualTo(Map.of("k1", Settings.SECRET));
                });
    }

    @Test
    void keysMayComeFromTheEnvironment() {
        bare.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment",
                                Map.of("MEMBERSYNC_KEYS_CURRENT", "k1", "MEMBERSYNC_KEYS_KNOWN_K1", Settings.SECRET))))
                .run(context -> assertThat(context.getBean(MemberSyncProperties.class)
                                .keys()
                                .known())
                        .isEqualTo(Map.of("k1", Settings.SECRET)));
    }

    @Test
    void noSecretIsShown() {
        host.withPropertyValues("membersync.vipps.callback-secret=agreed-with-vipps")
                .run(context -> assertThat(
                                context.getBean(MemberSyncProperties.class).toString())
                        .contains("k1")
                        .doesNotContain(Settings.SECRET)
                        .doesNotContain("agreed-with-vipps"));
    }

    @Test
    void twoPlacesForMembersAreRefused() {
        host.withBean(MemberStore.class, (Supplier<MemberStore>) () -> absent(MemberStore.class))
                .withBean(MemberTable.class, () -> MemberTable.own())
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("declare one of the two"));
    }

    private static <T> T absent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> "a store of the host";
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }
}
