package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.conflict.Rule;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.WebhookRequest;
import io.membersync.connector.WebhookSecret;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.run.Trigger;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.TokenWebhookSender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Webhooks that only a shared token proves: hints that end in one read now and then, however many come. */
@Requirement({"B2", "R16"})
class TokenWebhookTest {

    private static final String OTHER = "another-token-77";

    @TempDir
    Path folder;

    private @Nullable Exchange opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private Exchange exchange() {
        return Optional.ofNullable(opened).orElseThrow();
    }

    private TokenWebhookSender open(RegistryKind kind, Place place) {
        opened = Exchange.start(kind, place.open(folder), Rule.EXTERNAL_WINS);
        exchange().secrets(exchange().registry().secret());
        return sender(exchange().registry().secret());
    }

    private TokenWebhookSender sender(String token) {
        RegistrySide registry = exchange().registry();
        return registry instanceof ConsioSide consio
                ? consio.registry().webhooks(exchange().hooks(), token)
                : ((DynamicsSide) registry).registry().webhooks(exchange().hooks(), DynamicsSide.KEY_HEADER, token);
    }

    private void assertNothingMore() {
        exchange().time().advance(Duration.ofMinutes(10));
        assertThat(exchange().engine().tick()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CONSIO,MEMORY", "CONSIO,H2_FILE", "CONSIO,POSTGRES", "DYNAMICS,MEMORY"})
    void manyWebhooksInAnyOrderEndInOneRead(RegistryKind kind, Place place) {
        TokenWebhookSender sender = open(kind, place);
        exchange().registry().change(40, 1);

        assertThat(sender.sendShuffled(7)).hasSizeGreaterThanOrEqualTo(40).containsOnly(202);
        assertThat(exchange().engine().tick()).as("still gathering").isEmpty();
        assertThat(exchange().gathered()).singleElement().satisfies(run -> {
            assertThat(run.trigger()).isEqualTo(Trigger.WEBHOOK);
            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
        });
        exchange().assertHostHoldsWhatTheRegistryHolds("after the webhooks");
        assertNothingMore();
        assertThat(exchange().forgottenWebhooks())
                .as("what was stored of them all")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = RegistryKind.class, mode = Mode.EXCLUDE, names = "CORNERSTONE")
    void whoeverRepeatsThemGetsOneReadNowAndThenThatFindsNothing(RegistryKind kind) {
        TokenWebhookSender sender = open(kind, Place.MEMORY);
        exchange().registry().change(10, 1);
        sender.send();
        exchange().gathered();

        int runs = 0;
        for (int second = 0; second < 60; second++) {
            assertThat(sender.sendAgain()).containsOnly(202);
            exchange().time().advance(Duration.ofSeconds(1));
            for (Run run : exchange().engine().tick()) {
                runs++;
                assertThat(run.counts().created()
                                + run.counts().updated()
                                + run.counts().removed())
                        .isZero();
            }
        }
        assertThat(runs).isBetween(4, 6);
        exchange().gathered();
        assertNothingMore();
    }

    @ParameterizedTest
    @EnumSource(value = RegistryKind.class, mode = Mode.EXCLUDE, names = "CORNERSTONE")
    void whatComesWhileARunReadsIsReadByTheNext(RegistryKind kind) {
        TokenWebhookSender sender = open(kind, Place.MEMORY);
        String route = kind == RegistryKind.CONSIO ? "GET /medlemmer" : "GET /contacts/delta";
        exchange().registry().change(1, 1);
        sender.send();
        exchange().registry().faults().on(route).times(1).then(call -> {
            var answer = call.proceed();
            exchange().registry().change(5, 2);
            sender.send();
            return answer;
        });

        assertThat(exchange().gathered()).hasSize(1);
        assertThat(exchange().gathered()).hasSize(1);
        exchange().assertHostHoldsWhatTheRegistryHolds("after both");
        assertNothingMore();
    }

    @ParameterizedTest
    @EnumSource(value = RegistryKind.class, mode = Mode.EXCLUDE, names = "CORNERSTONE")
    void whatIsNotGenuineIsRefusedAndStartsNothing(RegistryKind kind) {
        TokenWebhookSender sender = open(kind, Place.MEMORY);
        TokenWebhookSender forger = sender(OTHER);
        exchange().registry().change(3, 1);
        long requests = exchange().registry().requests().count();

        assertThat(forger.send()).isNotEmpty().containsOnly(401);
        sender.token(exchange().registry().secret() + "x");
        assertThat(sender.send()).isNotEmpty().containsOnly(401);
        assertThat(status(Map.of(), 10)).as("without a token").isEqualTo(401);
        assertThat(status(Map.of(header(), List.of(exchange().registry().secret(), OTHER)), 10))
                .as("with two")
                .isEqualTo(401);
        assertThat(status(Map.of(header(), List.of(exchange().registry().secret())), 256 * 1024 + 1))
                .isEqualTo(413);

        assertThat(exchange().registry().requests().count())
                .as("a stranger makes the library ask nothing")
                .isEqualTo(requests);
        assertNothingMore();
    }

    private String header() {
        return exchange().registry() instanceof ConsioSide ? "x-consio-token" : DynamicsSide.KEY_HEADER;
    }

    private int status(Map<String, List<String>> headers, int length) {
        return exchange()
                .engine()
                .receive(Exchange.INTEGRATION, new WebhookRequest(headers, new byte[length]))
                .status();
    }

    @ParameterizedTest
    @EnumSource(value = RegistryKind.class, mode = Mode.EXCLUDE, names = "CORNERSTONE")
    void bothTokensHoldWhileTheyAreChanged(RegistryKind kind) {
        TokenWebhookSender sender = open(kind, Place.MEMORY);
        String old = exchange().registry().secret();
        exchange().registry().change(1, 1);
        sender.token(OTHER);
        assertThat(sender.send()).containsOnly(401);

        exchange().secrets(old, OTHER);
        assertThat(sender.sendAgain()).containsOnly(202);
        sender.token(old);
        assertThat(sender.sendAgain()).containsOnly(202);

        exchange().secrets(OTHER);
        assertThat(sender.sendAgain()).containsOnly(401);
        exchange().secrets();
        sender.token(OTHER);
        assertThat(sender.sendAgain()).containsOnly(401);
    }

    @Test
    void whatLeavesOutItsBodyIsAHintLikeAnyOther() {
        TokenWebhookSender sender = open(RegistryKind.DYNAMICS, Place.MEMORY);
        ((DynamicsSide) exchange().registry()).registry().switches().thinWebhooks(true);
        exchange().registry().change(3, 1);

        assertThat(sender.send()).containsOnly(202);
        assertThat(exchange().gathered()).hasSize(1);
        exchange().assertHostHoldsWhatTheRegistryHolds("after the webhooks");
    }

    @Test
    @Requirement("A2")
    void aPlanWithoutWebhooksTellsSoAndTakesNoToken() {
        opened = Exchange.start(RegistryKind.CONSIO, new MemoryHost(), Rule.EXTERNAL_WINS);
        ((ConsioSide) exchange().registry()).registry().webhooks(false);
        var integrations = exchange().engine().host().integrations();

        assertThat(integrations.test(Exchange.INTEGRATION))
                .isInstanceOfSatisfying(
                        ConnectionReport.Connected.class,
                        report -> assertThat(report.abilities().webhooksUnavailable())
                                .hasValueSatisfying(why -> assertThat(why).contains("no webhooks")));
        assertThatThrownBy(() -> integrations.webhookSecrets(Exchange.INTEGRATION, List.of(new WebhookSecret(OTHER))))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("no webhooks");
        TokenWebhookSender sender = sender(OTHER);
        exchange().registry().change(2, 1);
        assertThat(sender.send()).containsOnly(401);
        assertNothingMore();
    }

    @Test
    @Requirement("A2")
    void aPlanThatLosesItsWebhooksLeavesTheChangesToTheFullSync() {
        TokenWebhookSender sender = open(RegistryKind.CONSIO, Place.MEMORY);
        ((ConsioSide) exchange().registry()).registry().webhooks(false);
        exchange().registry().change(2, 1);
        sender.send();
        assertThat(exchange().gathered()).isEmpty();

        exchange().full();

        exchange().registry().requests().clear();
        assertNothingMore();
        assertThat(exchange().registry().requests().count()).isZero();
    }
}
