package io.membersync.connector.consio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the registry says of keys, versions, plans and itself. */
@Requirement({"A2", "A6", "D2"})
class AnswersTest {

    private final Rig rig = new Rig(Instant.parse("2026-03-02T10:00:00Z"), setup -> setup.members(250));

    @AfterEach
    void stop() {
        rig.close();
    }

    private RegistryException failure(Connector connector) {
        return catchThrowableOfType(
                RegistryException.class, () -> connector.fullReader().read(Cursor.START));
    }

    @Test
    void aConnectionTellsTheOrganizationAndTheVersion() {
        assertThat(rig.connector().test()).isInstanceOfSatisfying(ConnectionReport.Connected.class, connected -> {
            assertThat(connected.organizationName()).isEqualTo("Demoforbundet");
            assertThat(connected.apiVersion()).contains("2.3");
            assertThat(connected.members()).as("which a test does not count").isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "NOKKEL_STOPPET, The organization has stopped the API key",
        "NOKKEL_UTLOPT, The API key has expired",
        "UGYLDIG_NOKKEL, Consio does not know the API key",
    })
    void aRefusedKeyIsNamedWithOneClearSentence(String code, String sentence) {
        refuseKey(code);

        assertThat(rig.connector().test()).isInstanceOfSatisfying(ConnectionReport.Failed.class, failed -> {
            assertThat(failed.fault()).isEqualTo(Fault.CREDENTIALS);
            assertThat(failed.detail()).contains(code);
            assertThat(failed.advice()).startsWith(sentence).endsWith(".").doesNotContain(". ");
        });
        assertThat(failure(rig.connector())).satisfies(failed -> {
            assertThat(failed.fault()).isEqualTo(Fault.CREDENTIALS);
            assertThat(failed).hasMessageContaining(sentence);
        });
    }

    private void refuseKey(String code) {
        switch (code) {
            case "NOKKEL_STOPPET" -> rig.registry.stopKey();
            case "NOKKEL_UTLOPT" -> rig.registry.expireKey();
            default -> rig.registry.faults().on("*").then(ConsioSimulator.refusal(code));
        }
    }

    @Test
    void aKeyStoppedBetweenPagesEndsTheListingWhereItIs() {
        Connector connector = rig.connector();
        Page first = connector.fullReader().read(Cursor.START);
        Cursor second = first.next().orElseThrow();
        rig.registry.stopKey();
        RegistryException stopped = catchThrowableOfType(
                RegistryException.class, () -> connector.fullReader().read(second));
        rig.registry.restoreKey();

        assertThat(stopped.fault()).isEqualTo(Fault.CREDENTIALS);
        assertThat(Rig.ids(List.of(rig.connector().fullReader().read(second)))).startsWith("101");
    }

    @Test
    void theKeyAlsoGoesInAHeaderOfItsOwn() {
        Connector connector =
                rig.connector(new ConsioConnectorFactory(), Map.of(ConsioConnectorFactory.KEY_HEADER, "X-API-KEY"));

        assertThat(connector.test()).isInstanceOf(ConnectionReport.Connected.class);
        assertThat(rig.registry.requests().requests().get(0).headers())
                .containsKey("X-API-KEY")
                .doesNotContainKey("Authorization");
    }

    @ParameterizedTest
    @CsvSource({
        "INTERN_FEIL, REGISTRY_DOWN",
        "VEDLIKEHOLD, REGISTRY_DOWN",
        "FOR_MANGE_KALL, THROTTLED",
        "NOKKEL_STOPPET, CREDENTIALS",
        "UGYLDIG_DATO, REJECTED",
        "NOE_NYTT, REJECTED",
    })
    void anErrorInsideAnAnswerThatLooksWellIsAnError(String code, Fault fault) {
        rig.registry.faults().on("GET /medlemmer").then(ConsioSimulator.refusal(code));

        assertThat(failure(rig.connector()))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(fault))
                .hasMessageContaining(code);
    }

    @Test
    void aWrongBasePathIsAWrongAddress() {
        rig.registry
                .faults()
                .on("*")
                .then(call -> Answer.of(404, "text/html", "<html><body>404 Ikke funnet</body></html>"));

        assertThat(failure(rig.connector()).fault()).isEqualTo(Fault.ENDPOINT);
        assertThat(rig.connector().test())
                .isInstanceOfSatisfying(
                        ConnectionReport.Failed.class,
                        failed -> assertThat(failed.advice()).contains("base URL"));
    }

    @Test
    void anUnknownVersionSaysWhatToDoBeforeAnythingIsRead() {
        rig.registry.apiVersion("3.0");

        assertThat(rig.connector().test()).isInstanceOfSatisfying(ConnectionReport.Failed.class, failed -> {
            assertThat(failed.fault()).isEqualTo(Fault.UNREADABLE);
            assertThat(failed.advice()).contains("version 3.0", "knows 2.3", "install a version of MemberSync");
        });
        assertThat(failure(rig.connector())).hasMessageContaining("version 3.0");
        assertThat(rig.registry.requests().count("GET /medlemmer")).isZero();
    }

    @Test
    void aVersionRaisedInTheMiddleOfAListingStopsIt() {
        Connector connector = rig.connector();
        Cursor second = connector.fullReader().read(Cursor.START).next().orElseThrow();
        rig.registry.apiVersion("3.0");

        assertThat(catchThrowableOfType(
                        RegistryException.class, () -> connector.fullReader().read(second)))
                .hasMessageContaining("install a version of MemberSync");
    }

    @Test
    void theProfileFollowsTheVersionThatTheRegistrySpeaks() {
        ConsioProfile old = ConsioProfile.assumed();
        ConsioProfile next = new ConsioProfile(
                "2.4",
                old.paths(),
                old.parameters(),
                old.envelope(),
                old.member(),
                old.deleted(),
                old.info(),
                old.codes(),
                old.clock(),
                old.mapping(),
                old.number());
        ConsioConnectorFactory both = new ConsioConnectorFactory(new ConsioVersions(List.of(old, next)));

        for (String version : List.of("2.3", "2.4")) {
            rig.registry.apiVersion(version);
            rig.registry.requests().clear();
            assertThat(Rig.ids(Rig.listing(rig.connector(both, Map.of())))).hasSize(250);
            assertThat(rig.registry.requests().requests("GET /medlemmer"))
                    .allMatch(
                            request -> version.equals(request.request().query().get("version")));
        }
    }

    @Test
    void aPlanWithoutWebhooksHasNoDeltaAndSaysSoInOneSentence() {
        rig.registry.webhooks(false);
        Connector connector =
                rig.connector(new ConsioConnectorFactory(), Map.of(ConsioConnectorFactory.WEBHOOKS, "yes"));

        assertThat(connector.deltaReader()).isEmpty();
        assertThat(connector.abilities().deltaUnavailable())
                .hasValueSatisfying(why ->
                        assertThat(why).contains("no webhooks").endsWith(".").doesNotContain(". "));
        assertThat(connector.fullReader().read(Cursor.START).feedPosition()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"yes, true", "no, false"})
    void theSettingDecidesWhereTheRegistryDoesNotTellItsPlan(String setting, boolean delta) {
        try (Rig silent = new Rig(
                Instant.parse("2026-03-02T10:00:00Z"), setup -> setup.members(3).apiVersion("2.3"))) {
            silent.registry.faults().on("GET /info").then(call -> withoutPlan(call.proceed()));
            Connector connector =
                    silent.connector(new ConsioConnectorFactory(), Map.of(ConsioConnectorFactory.WEBHOOKS, setting));

            assertThat(connector.deltaReader().isPresent()).isEqualTo(delta);
            connector.test();
            assertThat(connector.abilities().deltaUnavailable().isEmpty()).isEqualTo(delta);
        }
    }

    private static Answer withoutPlan(Answer answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return answer.withBody(body.replace(",\"webhooks\":true", "").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRegistryThatCannotBeAskedForItsPlanIsBlamedForWhatItIs() {
        Cursor place = Rig.position(rig.connector());
        rig.registry.faults().on("GET /info").then(io.membersync.testkit.simulator.Fault.status(503));
        Connector connector = rig.connector();

        assertThat(catchThrowableOfType(
                                RegistryException.class,
                                () -> connector.deltaReader().orElseThrow().read(place))
                        .fault())
                .isEqualTo(Fault.REGISTRY_DOWN);
        rig.registry.faults().clear();
        rig.registry.webhooks(false);
        assertThat(connector.abilities().deltaUnavailable()).isPresent();
    }

    @Test
    void aPauseIsWaitedOutThatOnlyTheLegacyHeadersTell() {
        try (Rig limited = new Rig(
                Instant.parse("2026-03-02T10:00:00Z"),
                setup -> setup.members(450).rateLimit(3, Duration.ofSeconds(20), false))) {
            Instant before = limited.time.instant();

            assertThat(Rig.ids(Rig.listing(limited.connector()))).hasSize(450);

            assertThat(Duration.between(before, limited.time.instant()))
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(70));
        }
    }
}
