package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.membersync.enrichment.EnrichedWeek;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentAnswer.Why;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentStatistics;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.fault.AccessDeniedException;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.SyntheticNationalId;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the numbers that logins bring, from the login to the registry. */
@Requirement("F1")
class EnrichmentTest {

    private static final String NUMBER = "10915596784";

    private final World world = World.open();
    private String record = "";

    @BeforeEach
    void chooseAMember() {
        record = world.without().get(0);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String number(int ordinal) {
        return SyntheticNationalId.of(LocalDate.of(1970, 1, 1), true, ordinal);
    }

    @Test
    void aNumberReachesTheRegistryOnceAndOnlyItsHashStays() {
        VippsPerson person = VippsPerson.with(NUMBER);
        assertThat(world.logIn(record, person)).isEqualTo(new EnrichmentAnswer.Queued(1));
        assertThat(world.writes()).isZero();

        world.untilStateOf(record, EnrichmentState.STORED);

        assertThat(world.holds(record, NUMBER)).isTrue();
        EnrichmentTask task = world.task(record).orElseThrow();
        assertThat(task.contents().sealed()).isEmpty();
        assertThat(task.contents().number()).isPresent();
        assertThat(world.audit())
                .singleElement()
                .satisfies(entry -> assertThat(entry.summary()).isEqualTo("Personnummer set"));
        assertThat(world.logIn(record, person)).isEqualTo(new EnrichmentAnswer.Confirmed());
        world.engine.tick();
        assertThat(world.writes()).isEqualTo(1);
    }

    @Test
    void aNumberThatTheRegistryHasIsConfirmed() {
        world.logIn(record, VippsPerson.with(NUMBER));
        world.untilStateOf(record, EnrichmentState.STORED);
        world.engine.host().enrichments().erase(world.member(record));
        world.time.advance(Duration.ofSeconds(1));

        assertThat(world.logIn(record, VippsPerson.with(NUMBER))).isEqualTo(new EnrichmentAnswer.Queued(1));
        world.untilStateOf(record, EnrichmentState.CONFIRMED);

        assertThat(world.statistics().enriched()).isEqualTo(1);
    }

    @Test
    void nothingIsKeptOfWhomNoRegistryKnowsAndWhereItIsOff() {
        IssuedLogin login = world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.NONE);
        VippsLogin given = VippsLogin.of(login.idToken(), World.Json.object(login.userinfo()));

        assertThat(world.enrichment.onLogin(Caller.host(), MemberId.of("stranger"), given, World.NONCE))
                .isEqualTo(new EnrichmentAnswer.NothingToDo(Why.NOT_LINKED));
        world.engine.host().enrichments().deactivate(World.US);
        assertThat(world.logIn(record, VippsPerson.with(NUMBER)))
                .isEqualTo(new EnrichmentAnswer.NothingToDo(Why.SWITCHED_OFF));
        assertThat(world.logInShortly(record, VippsPerson.with(NUMBER)))
                .isEqualTo(new EnrichmentAnswer.NothingToDo(Why.SWITCHED_OFF));
        assertThat(world.task(record)).isEmpty();
    }

    @Test
    void switchingOffDeletesWhatWaits() {
        world.logIn(record, VippsPerson.with(NUMBER));

        world.engine.host().enrichments().deactivate(World.US);

        assertThat(world.task(record)).isEmpty();
        world.engine.tick();
        assertThat(world.writes()).isZero();
    }

    @Test
    @Requirement("F3")
    void anotherNumberInTheRegistryIsNeverOverwritten() {
        world.logIn(record, VippsPerson.with(number(0)));
        world.untilStateOf(record, EnrichmentState.STORED);

        world.logIn(record, VippsPerson.with(NUMBER));
        world.untilStateOf(record, EnrichmentState.TO_REVIEW);

        assertThat(world.holds(record, number(0))).isTrue();
        assertThat(world.cases())
                .singleElement()
                .satisfies(found -> assertThat(found.reason()).isEqualTo("The registry holds another personnummer"));
        assertThat(world.task(record).orElseThrow().contents().sealed()).isEmpty();
        assertThat(world.statistics().toReview()).isEqualTo(1);

        world.time.advance(Duration.ofSeconds(1));
        world.logIn(record, VippsPerson.with(number(0)));
        world.untilStateOf(record, EnrichmentState.CONFIRMED);
        assertThat(world.cases()).isEmpty();
    }

    @Test
    @Requirement("F3")
    void aBirthNumberInPlaceOfADNumberIsSaidToBeOne() {
        world.logIn(record, VippsPerson.with("53097248016"));
        world.untilStateOf(record, EnrichmentState.STORED);

        world.logIn(record, VippsPerson.with("13097248022"));
        world.untilStateOf(record, EnrichmentState.TO_REVIEW);

        assertThat(world.cases().get(0).reason()).contains("D-number");
        assertThat(world.holds(record, "53097248016")).isTrue();
    }

    @Test
    @Requirement("F3")
    void twoMembersWithOneNumberAreForAPersonToLookAt() {
        String other = world.without().get(1);
        world.logIn(record, VippsPerson.with(NUMBER));
        world.untilStateOf(record, EnrichmentState.STORED);

        world.logIn(other, VippsPerson.with(NUMBER));
        world.untilStateOf(other, EnrichmentState.TO_REVIEW);

        assertThat(world.writes()).isEqualTo(1);
        assertThat(world.task(record).orElseThrow().state()).isEqualTo(EnrichmentState.STORED);
        assertThat(world.cases().get(0).member()).isEqualTo(world.member(other));
    }

    @Test
    @Requirement("F4")
    void whatTheRegistryMayNotKeepIsAFailureToFollowUp() {
        world.registry.room().refuseNationalId(record);
        world.logIn(record, VippsPerson.with(NUMBER));
        world.untilStateOf(record, EnrichmentState.FAILED);

        assertThat(world.cases()).singleElement().satisfies(found -> {
            assertThat(found.member()).isEqualTo(world.member(record));
            assertThat(found.reason()).contains("may not keep");
            assertThat(found.at()).isEqualTo(world.time.instant());
        });
        assertThat(world.task(record).orElseThrow().contents().number()).isEmpty();
        assertThat(world.statistics().failed()).isEqualTo(1);
    }

    @Test
    void anOutageOfAnHourLosesNothing() {
        world.registry.faults().on("*").then(Fault.status(503));
        List<String> members = world.without().subList(0, 5);
        for (int i = 0; i < members.size(); i++) {
            assertThat(world.logIn(members.get(i), VippsPerson.with(number(i))))
                    .isEqualTo(new EnrichmentAnswer.Queued(1));
        }
        Instant end = world.time.instant().plus(Duration.ofHours(1));
        world.until(() -> world.time.advance(Duration.ofMinutes(1)).isAfter(end) && world.writes() >= 10);
        assertThat(world.statistics().waiting()).isEqualTo(5);

        world.registry.faults().clear();
        world.until(() -> {
            world.time.advance(Duration.ofSeconds(1));
            return world.statistics().waiting() == 0;
        });

        for (int i = 0; i < members.size(); i++) {
            assertThat(world.holds(members.get(i), number(i))).isTrue();
        }
        assertThat(world.statistics().enriched()).isEqualTo(5);
    }

    @Test
    @Requirement("R10")
    void aProcessThatEndsInTheMiddleOfAWriteLosesNothingAndWritesOnce() throws InterruptedException {
        world.registry.holdNinWrites();
        world.logIn(record, VippsPerson.with(NUMBER));
        world.engine.tick();
        world.registry.awaitNinWrite();

        world.restart();
        world.registry.releaseNinWrites();
        world.until(() -> {
            world.time.advance(Duration.ofSeconds(5));
            return world.task(record).orElseThrow().state().delivered();
        });

        assertThat(world.holds(record, NUMBER)).isTrue();
        assertThat(world.statistics().enriched()).isEqualTo(1);
    }

    @Test
    @Requirement("R10")
    void anAnswerThatIsLostIsAskedForAgain() {
        world.registry.faults().on(World.PUT).times(1).then(Fault.answerLost());
        world.logIn(record, VippsPerson.with(NUMBER));

        world.untilStateOf(record, EnrichmentState.STORED);

        assertThat(world.writes()).isEqualTo(2);
        assertThat(world.statistics().enriched()).isEqualTo(1);
    }

    @Test
    @Requirement("F5")
    void aWithdrawnConsentWithholdsWhatWaitsAndErasesNothing() {
        VippsPerson person = VippsPerson.with(NUMBER);
        world.registry.faults().on(World.PUT).then(Fault.status(503));
        world.logIn(record, person);

        assertThat(withdrawn(world.vipps.consentWithdrawn("somebody-unknown"))).isZero();
        assertThat(withdrawn("no token".getBytes(StandardCharsets.UTF_8))).isZero();
        assertThat(withdrawn(world.vipps.consentWithdrawn(person.subject()))).isEqualTo(1);
        world.registry.faults().clear();
        world.time.advance(Duration.ofMinutes(10));
        world.engine.tick();
        assertThat(world.writes()).isZero();
        assertThat(world.cases().get(0).state()).isEqualTo(EnrichmentState.WITHHELD);

        world.logIn(record, person);
        world.untilStateOf(record, EnrichmentState.STORED);
        assertThat(withdrawn(world.vipps.consentWithdrawn(person.subject()))).isZero();
    }

    private int withdrawn(byte[] message) {
        return world.enrichment.onConsentWithdrawn(Caller.host(), Optional.empty(), message);
    }

    @Test
    @Requirement("F5")
    void aWithdrawnConsentIsHeardOnlyWithTheHeaderThatWasAgreedOn() {
        VippsPerson person = VippsPerson.with(NUMBER);
        VippsEnrichment careful = world.enrichment.expectingCallbacksWith(new Credentials.ApiKey("4711"));
        byte[] message = world.vipps.consentWithdrawn(person.subject());
        world.logIn(record, person);

        assertThat(careful.onConsentWithdrawn(Caller.host(), Optional.empty(), message))
                .isZero();
        assertThat(careful.onConsentWithdrawn(Caller.host(), Optional.of("Agreed 4712"), message))
                .isZero();
        assertThat(careful.onConsentWithdrawn(Caller.host(), Optional.of("Agreed 4711"), message))
                .isEqualTo(1);
    }

    @Test
    void aProfileThatWasMadeAnewBringsTheSameNumber() {
        VippsPerson person = VippsPerson.with(NUMBER);
        world.logIn(record, person);
        world.untilStateOf(record, EnrichmentState.STORED);

        assertThat(world.logIn(record, person.recreated())).isEqualTo(new EnrichmentAnswer.Confirmed());
        assertThat(world.writes()).isEqualTo(1);
    }

    @Test
    @Requirement("D5")
    void whatWasSealedUnderAnEarlierMasterKeyStillReachesTheRegistry() {
        world.registry.faults().on(World.PUT).then(Fault.status(503));
        world.logIn(record, VippsPerson.with(number(0)));
        String other = world.without().get(1);
        world.logInShortly(other, VippsPerson.with(number(1)));

        world.rotateMasterKey();
        world.registry.faults().clear();
        world.until(() -> {
            world.time.advance(Duration.ofSeconds(5));
            return world.statistics().waiting() == 0;
        });

        assertThat(world.holds(record, number(0))).isTrue();
        assertThat(world.holds(other, number(1))).isTrue();
        assertThat(world.logIn(record, VippsPerson.with(number(0)))).isEqualTo(new EnrichmentAnswer.Confirmed());
    }

    @Test
    @Requirement("D5")
    void numbersAreKnownAgainUnderANewHashKey() {
        String other = world.without().get(1);
        world.logIn(record, VippsPerson.with(NUMBER));
        world.untilStateOf(record, EnrichmentState.STORED);
        String before = hash(record);
        world.engine.host().enrichments().renewHashKey(World.US);

        world.logIn(other, VippsPerson.with(NUMBER));
        world.untilStateOf(other, EnrichmentState.TO_REVIEW);
        assertThat(hash(other)).startsWith("2:");
        assertThat(hash(record)).isEqualTo(before).startsWith("1:");

        assertThat(world.logIn(record, VippsPerson.with(NUMBER))).isEqualTo(new EnrichmentAnswer.Confirmed());
        assertThat(hash(record)).isEqualTo(hash(other));
        assertThat(world.writes()).isEqualTo(1);
        assertThat(world.logIn(record, VippsPerson.with(number(0)))).isEqualTo(new EnrichmentAnswer.Queued(1));
    }

    private String hash(String of) {
        return world.task(of).orElseThrow().contents().number().orElseThrow();
    }

    @Test
    void itIsOffUntilAnOrganizationSaysWhy() {
        try (World off = new World(new InMemoryStorage())) {
            assertThat(off.engine.host().enrichments().find(World.US)).isEmpty();
            assertThat(off.logIn(record, off.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.NONE)))
                    .isEqualTo(new EnrichmentAnswer.NothingToDo(Why.SWITCHED_OFF));
            off.switchedOn();
            assertThat(off.engine.host().enrichments().find(World.US)).hasValueSatisfying(setting -> {
                assertThat(setting.basis().purpose()).isEqualTo("Certain identification");
                assertThat(setting.basis().legalBasis()).isEqualTo("Law, § 1");
                assertThat(setting.changedBy()).isEqualTo(Caller.host().name());
                assertThat(setting.changedAt()).isEqualTo(off.time.instant());
            });
        }
    }

    @Test
    void fiftyLoginsAtOnceAllArrive() throws InterruptedException {
        try (World many = new World(new InMemoryStorage(), 160).switchedOn()) {
            List<String> members = many.without().subList(0, 50);
            ExecutorService fifty = Executors.newFixedThreadPool(50);
            List<Future<EnrichmentAnswer>> answers = fifty.invokeAll(IntStream.range(0, 50)
                    .<Callable<EnrichmentAnswer>>mapToObj(
                            i -> () -> many.logIn(members.get(i), VippsPerson.with(number(i))))
                    .toList());
            fifty.shutdown();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.get()).isEqualTo(new EnrichmentAnswer.Queued(1)));

            many.untilQuiet();

            assertThat(many.statistics().enriched()).isEqualTo(50);
            for (int i = 0; i < 50; i++) {
                assertThat(many.holds(members.get(i), number(i))).isTrue();
            }
            assertThat(many.writes()).isEqualTo(50);
        }
    }

    @Test
    @Requirement("F4")
    void howFarARegistryIsBehindIsShownWhileItWantsAPause() {
        world.registry
                .faults()
                .on(World.PUT)
                .from(2)
                .times(1)
                .then(Fault.answer(429, Map.of("Retry-After", "120"), ""));
        Instant came = world.time.instant();
        for (int i = 0; i < 5; i++) {
            world.logIn(world.without().get(i), VippsPerson.with(number(i)));
            world.time.advance(Duration.ofSeconds(1));
        }
        world.until(() -> world.writes() >= 2);
        world.time.advance(Duration.ofSeconds(90));
        world.engine.tick();

        assertThat(world.statistics().waiting()).isEqualTo(4);
        assertThat(world.statistics().waitingSince()).contains(came.plusSeconds(1));
        assertThat(world.engine.host().enrichments().statistics().waitingSince())
                .contains(came.plusSeconds(1));

        world.until(() -> {
            world.time.advance(Duration.ofSeconds(10));
            return world.statistics().waiting() == 0;
        });
        assertThat(world.statistics().enriched()).isEqualTo(5);
        assertThat(world.statistics().waitingSince()).isEmpty();
    }

    @Test
    @Requirement("F4")
    void weeksAreTheCalendarsInTheOrganizationsZoneAndGoOnOverNewYear() {
        enrichAt("2026-12-31T23:30:00Z", 0);
        enrichAt("2027-01-03T22:59:59Z", 1);
        enrichAt("2027-01-03T23:00:00Z", 2);
        enrichAt("2027-03-28T21:59:59Z", 3);
        enrichAt("2027-03-28T22:00:00Z", 4);

        List<EnrichedWeek> weeks = world.statistics().weeks();

        assertThat(weeks).hasSize(20).isSortedAccordingTo(Comparator.comparing(EnrichedWeek::monday));
        assertThat(weeks.get(0).monday()).isEqualTo(LocalDate.of(2026, 11, 16));
        assertThat(weeks)
                .filteredOn(week -> week.enriched() > 0)
                .extracting(EnrichedWeek::monday, EnrichedWeek::enriched)
                .containsExactly(
                        tuple(LocalDate.of(2026, 12, 28), 2L),
                        tuple(LocalDate.of(2027, 1, 4), 1L),
                        tuple(LocalDate.of(2027, 3, 22), 1L),
                        tuple(LocalDate.of(2027, 3, 29), 1L));
    }

    private void enrichAt(String instant, int ordinal) {
        world.time.set(Instant.parse(instant));
        world.logIn(world.without().get(0), VippsPerson.with(number(ordinal)));
        world.untilQuiet();
    }

    @Test
    @Requirement("F4")
    void statisticsTellWhatWasMissingAndWhatCameInEachWeek() {
        long missing = world.without().size();
        world.logIn(world.without().get(0), VippsPerson.with(number(0)));
        world.untilQuiet();
        world.time.advance(Duration.ofDays(14));
        world.logIn(world.without().get(0), VippsPerson.with(number(1)));
        world.logIn(world.without().get(1), VippsPerson.with(number(2)));
        world.untilQuiet();

        EnrichmentStatistics statistics = world.statistics();

        assertThat(statistics.missingAtStart()).hasValue(missing);
        assertThat(statistics.membersAtStart()).hasValue(30);
        assertThat(statistics.enriched()).isEqualTo(3);
        assertThat(statistics.share()).contains((30.0 - missing + 3) / 30);
        assertThat(statistics.latest()).contains(world.time.instant());
        assertThat(statistics.weeks())
                .extracting(EnrichedWeek::monday, EnrichedWeek::enriched)
                .containsExactly(
                        tuple(LocalDate.of(2026, 11, 16), 1L),
                        tuple(LocalDate.of(2026, 11, 23), 0L),
                        tuple(LocalDate.of(2026, 11, 30), 2L));
        assertThat(world.engine.host().enrichments().statistics().enriched()).isEqualTo(3);
    }

    @Test
    @Requirement("F5")
    void whoIsErasedLeavesStatisticsAlone() {
        world.logIn(record, VippsPerson.with(NUMBER));
        world.untilStateOf(record, EnrichmentState.STORED);

        assertThat(world.engine.host().enrichments().erase(world.member(record)))
                .isEqualTo(1);

        assertThat(world.task(record)).isEmpty();
        assertThat(world.statistics().enriched()).isEqualTo(1);
    }

    @Test
    void onlyTheOrganizationsOwnAdministratorsSeeAndDecide() {
        Caller theirs = Caller.organizationAdministrator("Ola", OrganizationId.of("them"));
        Caller ours = Caller.organizationAdministrator("Kari", World.US);

        assertThat(world.engine.as(ours).enrichments().find(World.US)).isPresent();
        assertThatThrownBy(() -> world.engine.as(theirs).enrichments().find(World.US))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> world.engine.as(theirs).enrichments().deactivate(World.US))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> world.engine.as(theirs).enrichments().cases(World.US, Optional.empty(), 1))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> world.engine.as(ours).enrichments().statistics())
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> world.engine.as(ours).enrichments().erase(world.member(record)))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> world.enrichment.onConsentWithdrawn(ours, Optional.empty(), new byte[0]))
                .isInstanceOf(AccessDeniedException.class);
    }
}
