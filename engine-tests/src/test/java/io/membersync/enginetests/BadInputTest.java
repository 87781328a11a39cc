package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.fault.Fault;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayLimits;
import io.membersync.http.RetryPolicy;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.cornerstone.Malformation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a registry can send that is not as it should be, over real HTTP: nothing is lost and nobody is removed. */
class BadInputTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.of("nbf");
    private static final IntegrationId INTEGRATION = IntegrationId.of("nbf-cornerstone");
    private static final int MEMBERS = 60;
    private static final int PAGE = 10;

    private final InMemoryStorage storage = new InMemoryStorage();
    private CornerstoneSimulator registry;
    private ManualEngine engine;
    private MemberSync sync;

    @BeforeEach
    void start() {
        registry = CornerstoneSimulator.builder().members(MEMBERS).seed(3).start();
        engine = ManualEngine.builder(storage)
                .with(builder -> builder.testMode()
                        .manualInterval(Duration.ZERO)
                        .retries(RetryPolicy.NONE)
                        .batches(1, 1, Duration.ofHours(1))
                        .limits(new GatewayLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), 8 * 1024 * 1024)))
                .build();
        sync = engine.host();
        sync.integrations()
                .add(IntegrationDraft.of(
                                INTEGRATION,
                                ORGANIZATION,
                                "cornerstone",
                                registry.baseUrl(),
                                new Credentials.ApiKey(registry.apiKey()))
                        .setting("pageSize", String.valueOf(PAGE)));
    }

    @AfterEach
    void stop() {
        engine.close();
        registry.close();
    }

    @Nested
    @Requirement({"B10", "R24"})
    class Records {

        @ParameterizedTest(name = "{0} at {1}: {2}")
        @CsvSource({
            "WRONG_TYPE, person.firstName, should be text",
            "BROKEN_DATE, person.birthDate, no date",
            "HUGE_STRING, person.lastName, longer than",
            "INVALID_UTF8, person.lastName, UTF-8",
            "NULL_REQUIRED, person.lastName, missing",
            "NULL_OBJECT, person.lastName, missing",
            "UNKNOWN_STATUS, membership.status, does not know",
        })
        void areQuarantinedWithPathAndReasonWhileTheRestGoesOn(Malformation kind, String path, String reason) {
            registry.room().malform("m_17", kind);

            Run run = engine.fullSync(INTEGRATION);

            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(run.counts().created()).isEqualTo(MEMBERS - 1);
            assertThat(run.counts().quarantined()).isEqualTo(1);
            assertThat(quarantine()).singleElement().satisfies(record -> {
                assertThat(record.externalId()).contains(ExternalId.of("m_17"));
                assertThat(record.path()).isEqualTo(path);
                assertThat(record.reason()).contains(reason).hasSizeLessThan(300);
                assertThat(record.attempts()).isEqualTo(1);
            });
        }

        @Test
        void withoutAnIdAreFiledByTheirPlaceAndNobodyIsCalledAbsent() {
            engine.fullSync(INTEGRATION);
            registry.room().malform("m_17", Malformation.MISSING_ID);

            Run run = engine.fullSync(INTEGRATION);

            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(quarantine()).singleElement().satisfies(record -> {
                assertThat(record.externalId()).isEmpty();
                assertThat(record.key()).startsWith("(no id) page ");
                assertThat(record.path()).isEqualTo("id");
            });
            assertThat(run.counts().absent()).isZero();
            assertNobodyWasRemoved(run);
        }

        @Test
        void withoutAnIdStayFiledAsLongAsTheyAreBroken() {
            registry.room().malform("m_17", Malformation.MISSING_ID);

            for (int listing = 0; listing < 3; listing++) {
                engine.fullSync(INTEGRATION);
                assertThat(quarantine()).hasSize(1);
            }
        }

        @Test
        void withFieldsThatNobodyKnowsAreFine() {
            registry.room().malform("m_17", Malformation.UNKNOWN_FIELD);

            Run run = engine.fullSync(INTEGRATION);

            assertThat(run.counts().created()).isEqualTo(MEMBERS);
            assertThat(quarantine()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = Malformation.class,
                names = {"BROKEN_DATE", "MISSING_ID", "INVALID_UTF8"})
        void thatAreWellAgainLeaveTheQuarantineWithTheNextListing(Malformation kind) {
            registry.room().malform("m_17", kind);
            engine.fullSync(INTEGRATION);
            registry.reset();

            Run run = engine.fullSync(INTEGRATION);

            assertThat(quarantine()).isEmpty();
            assertThat(run.counts().created()).isEqualTo(1);
        }

        @Test
        void thatAreWellAgainLeaveTheQuarantineOnDemand() {
            registry.room().malform("m_17", Malformation.WRONG_TYPE);
            engine.fullSync(INTEGRATION);
            registry.reset();

            Run run = engine.retry(INTEGRATION);

            assertThat(run.counts().created()).isEqualTo(1);
            assertThat(run.counts().read()).isEqualTo(1);
            assertThat(quarantine()).isEmpty();
        }

        @Test
        void thatStayBrokenAreCountedInEachRunAndTriedLaterAndLater() {
            registry.room().malform("m_17", Malformation.WRONG_TYPE);
            engine.fullSync(INTEGRATION);

            Run again = engine.fullSync(INTEGRATION);

            assertThat(again.counts().quarantined()).isEqualTo(1);
            assertThat(quarantine()).singleElement().satisfies(record -> {
                assertThat(record.attempts()).isEqualTo(2);
                assertThat(Duration.between(engine.time().instant(), record.nextTryAt()))
                        .isEqualTo(Duration.ofMinutes(10));
            });
        }
    }

    @Nested
    @Requirement({"R1", "B4", "B7"})
    class Answers {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "truncated body, NETWORK",
            "HTML page, ENDPOINT",
            "garbage, UNREADABLE",
            "page again, UNREADABLE",
            "hanging server, NETWORK",
            "revoked key, CREDENTIALS",
            "server error, REGISTRY_DOWN",
        })
        void thatBreakOffEndTheRunWithAFaultAndACheckpointAndRemoveNobody(String what, Fault fault) {
            engine.fullSync(INTEGRATION);
            registry.applyRandomChanges(40, 5);
            registry.faults().on("GET /members").from(4).then(faultOf(what));

            Run broken = engine.fullSync(INTEGRATION);

            assertThat(broken.state()).isEqualTo(RunState.FAILED);
            assertThat(broken.failure().flatMap(RunFailure::fault)).contains(fault);
            assertThat(broken.failure().orElseThrow().advice()).isNotBlank();
            assertThat(broken.checkpoint().cursor().text()).isNotEmpty();
            assertNobodyWasRemoved(broken);

            registry.faults().clear();
            registry.restoreKeys();
            long before = registry.requests().count("GET /members");
            Run resumed = engine.resume(broken.id());

            assertThat(resumed.state()).isEqualTo(RunState.COMPLETED);
            assertThat(registry.requests().count("GET /members") - before)
                    .as("goes on at its checkpoint")
                    .isLessThanOrEqualTo(5);
        }

        @Test
        void thatSayThatThereIsNobodyAreNotBelieved() {
            engine.fullSync(INTEGRATION);
            registry.faults().on("GET /members").then(io.membersync.testkit.simulator.Fault.emptyPage());

            Run run = engine.fullSync(INTEGRATION);

            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.failure().flatMap(RunFailure::fault)).contains(Fault.UNREADABLE);
            assertNobodyWasRemoved(run);
        }

        @Test
        void thatEndEarlyProveNoAbsence() {
            engine.fullSync(INTEGRATION);
            registry.faults().on("GET /members").from(4).then(io.membersync.testkit.simulator.Fault.endsEarly());

            Run run = engine.fullSync(INTEGRATION);

            assertNobodyWasRemoved(run);
            assertThat(sync.runs().absences(run.id(), Optional.empty(), 100).items())
                    .isEmpty();
        }

        @Test
        void ofAnExpiredFeedAskForAFullSync() {
            engine.fullSync(INTEGRATION);
            registry.faults().on("GET /changes").then(CornerstoneSimulator.problem(410, "cursor-expired"));

            Run run = engine.deltaSync(INTEGRATION);

            assertThat(run.failure().flatMap(RunFailure::fault)).contains(Fault.CURSOR_EXPIRED);
            assertThat(run.failure().orElseThrow().advice()).contains("full sync");
        }

        @Test
        void ofARevokedKeyTakeOneRequestAndSpoilNoRecord() {
            engine.fullSync(INTEGRATION);
            registry.revokeKey(registry.apiKey());
            int before = registry.requests().requests().size();

            Run run = engine.fullSync(INTEGRATION);

            assertThat(run.failure().flatMap(RunFailure::fault)).contains(Fault.CREDENTIALS);
            assertThat(registry.requests().requests().size() - before).isLessThan(3);
            assertThat(quarantine()).isEmpty();
            assertNobodyWasRemoved(run);
        }

        private io.membersync.testkit.simulator.Fault faultOf(String what) {
            return switch (what) {
                case "truncated body" -> io.membersync.testkit.simulator.Fault.cutAfter(2_000);
                case "HTML page" -> io.membersync.testkit.simulator.Fault.html(200);
                case "garbage" -> io.membersync.testkit.simulator.Fault.garbage();
                case "page again" -> io.membersync.testkit.simulator.Fault.repeatedAnswer();
                case "hanging server" -> io.membersync.testkit.simulator.Fault.hang();
                case "revoked key" -> CornerstoneSimulator.problem(401, "key-revoked");
                default -> io.membersync.testkit.simulator.Fault.status(500);
            };
        }
    }

    private List<QuarantinedRecord> quarantine() {
        return sync.quarantine().list(INTEGRATION, Optional.empty(), 100).items();
    }

    private void assertNobodyWasRemoved(Run run) {
        assertThat(run.counts().removed()).isZero();
        long linked = storage.inTransaction(session -> session.links().count(INTEGRATION));
        assertThat(linked).isGreaterThanOrEqualTo(MEMBERS);
        assertThat(sync.runs().absences(run.id(), Optional.empty(), 100).items())
                .isEmpty();
    }
}
