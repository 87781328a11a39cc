package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.model.Caller;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.SyntheticNationalId;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A login that is still to be verified takes the place of nothing that is known. */
@Requirement("F2")
class OpenLoginTest {

    private static final String USERINFO = "GET /vipps-userinfo-api/userinfo";

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

    @Test
    @Requirement("F3")
    void anotherNumberStaysACaseHoweverItComesAgain() {
        EnrichmentTask review = twoNumbers();

        world.logInShortly(record, person(1));
        untilNothingIsOpen();
        world.untilStateOf(record, EnrichmentState.TO_REVIEW);

        assertThat(world.cases()).hasSize(1);
        assertThat(world.task(record).orElseThrow().contents().number())
                .isEqualTo(review.contents().number());
        assertThat(world.holds(record, number(0))).isTrue();
    }

    @Test
    @Requirement("F3")
    void aCaseIsNoConfirmationAndEndsWhenItsCauseIsGone() {
        String other = world.without().get(1);
        world.logIn(other, person(0));
        world.untilStateOf(other, EnrichmentState.STORED);
        world.logIn(record, person(0));
        world.untilStateOf(record, EnrichmentState.TO_REVIEW);
        world.engine.host().enrichments().erase(world.member(other));
        world.time.advance(Duration.ofSeconds(1));

        assertThat(world.logIn(record, person(0))).isInstanceOf(EnrichmentAnswer.Queued.class);

        world.untilStateOf(record, EnrichmentState.STORED);
        assertThat(world.cases()).isEmpty();
    }

    @Test
    @Requirement("F3")
    void aNumberThatWaitsIsNotTakenForDelivered() {
        world.logIn(record, person(0));
        world.untilStateOf(record, EnrichmentState.STORED);
        var down = world.registry.faults().on(World.PUT).then(Fault.status(503));
        world.logIn(record, person(1));
        world.logInShortly(record, person(1));
        untilNothingIsOpen();

        assertThat(world.task(record).orElseThrow().state()).isEqualTo(EnrichmentState.PENDING);
        down.off();
        world.until(() -> {
            world.time.advance(Duration.ofSeconds(31));
            return world.task(record).orElseThrow().state() == EnrichmentState.TO_REVIEW;
        });
    }

    @Test
    @Requirement("F3")
    void aLoginThatBringsNothingLeavesACaseAsItWas() {
        EnrichmentTask review = twoNumbers();
        world.time.advance(Duration.ofSeconds(5));

        world.logInShortly(record, VippsPerson.without());
        untilNothingIsOpen();

        assertThat(world.task(record)).contains(review);
    }

    @Test
    void aForgedLoginLosesNoNumberThatWaits() {
        var down = world.registry.faults().on(World.PUT).then(Fault.status(503));
        world.logIn(record, person(0));
        world.until(() -> world.task(record).orElseThrow().progress().attempts() > 0);

        forged();
        down.off();
        world.until(() -> {
            world.time.advance(Duration.ofSeconds(31));
            return world.task(record).orElseThrow().state() == EnrichmentState.STORED;
        });
        untilNothingIsOpen();

        assertThat(world.holds(record, number(0))).isTrue();
        assertThat(world.cases()).isEmpty();
        assertThat(world.audit())
                .anySatisfy(entry -> assertThat(entry.summary()).contains("UNKNOWN_KEY"));
    }

    @Test
    void aForgedLoginLosesNothingThatWasStored() {
        world.logIn(record, person(0));
        world.untilStateOf(record, EnrichmentState.STORED);
        EnrichmentTask stored = world.task(record).orElseThrow();

        forged();
        untilNothingIsOpen();

        assertThat(world.task(record)).contains(stored);
        assertThat(world.logIn(record, person(0))).isEqualTo(new EnrichmentAnswer.Confirmed());
    }

    @Test
    @Requirement("F3")
    void aLoginThatFailsLocksNobodyOut() {
        String rival = world.without().get(1);
        world.logIn(record, person(0));
        world.untilStateOf(record, EnrichmentState.STORED);
        world.vipps.faults().on(USERINFO).times(1).then(Fault.status(401));
        world.logInShortly(record, person(0));
        untilNothingIsOpen();
        world.logIn(rival, person(0));
        world.untilStateOf(rival, EnrichmentState.TO_REVIEW);

        assertThat(world.logIn(record, person(0))).isEqualTo(new EnrichmentAnswer.Confirmed());
        assertThat(world.cases())
                .singleElement()
                .satisfies(found -> assertThat(found.member()).isEqualTo(world.member(rival)));
    }

    @Test
    @Requirement("F5")
    void aWithdrawnConsentIsHeardWhileALoginIsOpen() {
        world.vipps.faults().on(USERINFO).then(Fault.status(503));
        VippsPerson person = person(0);
        VippsPerson other = person(1);
        world.logInShortly(record, person);

        assertThat(withdrawn(other)).isZero();
        assertThat(withdrawn(person)).isEqualTo(1);

        assertThat(world.tasks(record)).singleElement().satisfies(task -> {
            assertThat(task.state()).isEqualTo(EnrichmentState.WITHHELD);
            assertThat(task.contents().sealed()).isEmpty();
        });
    }

    @Test
    @Requirement("F5")
    void aWithdrawnConsentIsHeardBeforeAnyKeyIsAtHand() {
        world.restart();
        VippsPerson person = person(0);
        world.logIn(record, person);

        assertThat(withdrawn(person)).isEqualTo(1);

        world.time.advance(Duration.ofMinutes(1));
        world.engine.tick();
        assertThat(world.task(record).orElseThrow().state()).isEqualTo(EnrichmentState.WITHHELD);
        assertThat(world.writes()).isZero();
    }

    @Test
    @Requirement("F5")
    void aWithdrawnConsentConcernsNobodyElsesLogin() {
        VippsPerson before = person(0);
        world.logIn(record, before);
        world.untilStateOf(record, EnrichmentState.STORED);
        world.vipps.faults().on(USERINFO).then(Fault.status(503));
        VippsPerson after = person(1);
        world.logInShortly(record, after);

        assertThat(withdrawn(before)).isZero();
        assertThat(withdrawn(after)).isEqualTo(1);
        assertThat(world.tasks(record))
                .singleElement()
                .satisfies(task -> assertThat(task.state()).isEqualTo(EnrichmentState.STORED));
    }

    @Test
    @Requirement("F5")
    void whatIsWithheldHoldsNoNumber() {
        world.registry.faults().on(World.PUT).then(Fault.status(503));
        VippsPerson person = person(0);
        world.logIn(record, person);

        assertThat(withdrawn(person)).isEqualTo(1);

        assertThat(world.task(record).orElseThrow().contents().sealed()).isEmpty();
    }

    @Test
    void aLoginIsVerifiedOnceKeysThatRotatedMayBeFetchedAgain() {
        world.restart();
        world.engine.tick();
        world.vipps.rotateKeys();
        world.vipps.removeOldKeys();
        world.time.advance(Duration.ofSeconds(20));
        world.logIn(record, person(0));
        world.until(() -> world.task(record).orElseThrow().progress().reason().isPresent());
        assertThat(world.task(record).orElseThrow().state()).isEqualTo(EnrichmentState.UNVERIFIED);

        world.until(() -> {
            world.time.advance(Duration.ofSeconds(10));
            return world.task(record).orElseThrow().state() == EnrichmentState.STORED;
        });
    }

    @Test
    @Requirement("F5")
    void noLoginIsKeptBeyondItsTimeInAnIntegrationThatIsSwitchedOff() {
        world.engine.host().integrations().disable(World.REGISTRY);
        world.logInShortly(record, person(0));

        world.until(() -> {
            world.time.advance(Duration.ofMinutes(10));
            return world.task(record).orElseThrow().state() == EnrichmentState.FAILED;
        });

        assertThat(world.task(record).orElseThrow().contents().sealed()).isEmpty();
        assertThat(world.writes()).isZero();
    }

    private EnrichmentTask twoNumbers() {
        world.logIn(record, person(0));
        world.untilStateOf(record, EnrichmentState.STORED);
        world.logIn(record, person(1));
        world.untilStateOf(record, EnrichmentState.TO_REVIEW);
        return world.task(record).orElseThrow();
    }

    private void forged() {
        assertThat(world.logIn(record, world.vipps.logIn(person(3), World.NONCE, TokenFault.UNKNOWN_KEY)))
                .isEqualTo(new EnrichmentAnswer.Queued(1));
        assertThat(world.tasks(record)).hasSize(2);
    }

    private void untilNothingIsOpen() {
        world.until(() -> {
            world.time.advance(Duration.ofSeconds(10));
            return world.tasks(record).stream().noneMatch(EnrichmentTask::open);
        });
    }

    private int withdrawn(VippsPerson person) {
        return world.enrichment.onConsentWithdrawn(
                Caller.host(), Optional.empty(), world.vipps.consentWithdrawn(person.subject()));
    }

    private static VippsPerson person(int ordinal) {
        return VippsPerson.with(number(ordinal));
    }

    private static String number(int ordinal) {
        return SyntheticNationalId.of(LocalDate.of(1975, 5, 5), true, ordinal);
    }
}
