package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.enrichment.CaseDecision;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentAnswer.Why;
import io.membersync.enrichment.EnrichmentCase;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.fault.AccessDeniedException;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.Caller;
import io.membersync.model.OrganizationId;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.SyntheticNationalId;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators make of the cases that enrichment leaves to them. */
@Requirement("F3")
class CaseDecisionTest {

    private static final String REASON = "The registry's number was checked against the passport";

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
    void whatWasLeftIsNotOfferedAgain() {
        twoNumbers(record);
        decide(CaseDecision.LEAVE);

        assertThat(world.cases()).isEmpty();
        assertThat(world.statistics().toReview()).isZero();
        assertThat(world.logIn(record, person(1))).isEqualTo(new EnrichmentAnswer.NothingToDo(Why.LEFT));
        assertThat(world.logInShortly(record, person(1))).isEqualTo(new EnrichmentAnswer.NothingToDo(Why.LEFT));
        assertThat(world.task(record).orElseThrow().state()).isEqualTo(EnrichmentState.LEFT);
        assertThat(world.audit()).anySatisfy(entry -> {
            assertThat(entry.summary()).contains("left as it is", REASON);
            assertThat(entry.member()).contains(world.member(record));
            assertThat(entry.actor()).isEqualTo(Caller.host().name());
        });
    }

    @Test
    void anotherNumberIsOfferedAfterOneWasLeft() {
        twoNumbers(record);
        decide(CaseDecision.LEAVE);
        world.time.advance(Duration.ofSeconds(1));

        assertThat(world.logIn(record, person(0))).isInstanceOf(EnrichmentAnswer.Queued.class);
        world.untilStateOf(record, EnrichmentState.CONFIRMED);
    }

    @Test
    void askingAgainTakesUpWhatTheRegistryCorrected() {
        world.registry.room().refuseNationalId(record);
        world.logIn(record, person(0));
        world.untilStateOf(record, EnrichmentState.FAILED);
        EnrichmentCase failed = world.cases().get(0);
        decide(CaseDecision.LEAVE);
        assertThat(world.logIn(record, person(0))).isEqualTo(new EnrichmentAnswer.NothingToDo(Why.LEFT));

        EnrichmentCase left = new EnrichmentCase(
                failed.member(),
                failed.integration(),
                EnrichmentState.LEFT,
                failed.reason(),
                failed.at(),
                failed.revision() + 1);
        world.engine.host().enrichments().decide(left, CaseDecision.ASK_AGAIN, "The registry may keep it now");

        assertThat(world.logIn(record, person(0))).isInstanceOf(EnrichmentAnswer.Queued.class);
        assertThat(world.audit())
                .anySatisfy(entry -> assertThat(entry.summary())
                        .isEqualTo("Personnummer asked for again at the next login: The registry may keep it now"));
    }

    @Test
    void whatWasLeftStandsInNobodyElsesWay() {
        String other = world.without().get(1);
        twoNumbers(record);
        decide(CaseDecision.LEAVE);

        world.logIn(other, person(1));
        world.untilStateOf(other, EnrichmentState.STORED);

        assertThat(world.cases()).isEmpty();
    }

    @Test
    void aLoginAfterTheCaseWasListedIsNotPassedOver() {
        twoNumbers(record);
        EnrichmentCase listed = world.cases().get(0);
        world.time.advance(Duration.ofSeconds(1));
        world.logIn(record, person(0));
        world.untilStateOf(record, EnrichmentState.CONFIRMED);

        assertThatThrownBy(() -> world.engine.host().enrichments().decide(listed, CaseDecision.LEAVE, REASON))
                .isInstanceOf(StaleVersionException.class);
        assertThat(world.task(record).orElseThrow().state()).isEqualTo(EnrichmentState.CONFIRMED);
    }

    @Test
    void aDecisionSaysWhyAndIsForTheOrganizationToMake() {
        twoNumbers(record);
        EnrichmentCase listed = world.cases().get(0);
        Caller theirs = Caller.organizationAdministrator("kari", OrganizationId.of("them"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.engine.host().enrichments().decide(listed, CaseDecision.LEAVE, " "))
                .withMessageContaining("reason");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.engine.host().enrichments().decide(listed, CaseDecision.LEAVE, "x".repeat(501)))
                .withMessageContaining("reason");
        assertThatThrownBy(() -> world.engine.as(theirs).enrichments().decide(listed, CaseDecision.LEAVE, REASON))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(world.cases()).containsExactly(listed);
    }

    @Test
    @Requirement("D6")
    void nothingGoesToAnIntegrationThatIsSwitchedOff() {
        world.engine.host().integrations().disable(World.REGISTRY);
        world.logIn(record, person(0));
        world.engine.tick();
        world.restart();

        assertThat(world.task(record).orElseThrow().progress().attempts()).isZero();
        assertThat(world.writes()).isZero();

        world.engine.host().integrations().enable(World.REGISTRY);
        world.time.advance(Duration.ofMinutes(5));
        world.untilStateOf(record, EnrichmentState.STORED);
    }

    @Test
    void whatComesWhileTheRegistryIsDownIsWrittenWithoutBeingAskedFor() {
        String other = world.without().get(1);
        world.registry.faults().on(World.PUT).times(1).then(Fault.status(503));
        world.logIn(record, person(0));
        world.until(() -> world.task(record).orElseThrow().progress().attempts() == 1);
        world.logIn(other, person(1));

        world.time.advance(Duration.ofMinutes(1));
        world.untilQuiet();

        assertThat(world.writes()).isEqualTo(3);
        assertThat(world.task(other).orElseThrow().state()).isEqualTo(EnrichmentState.STORED);
    }

    private void twoNumbers(String member) {
        world.logIn(member, person(0));
        world.untilStateOf(member, EnrichmentState.STORED);
        world.logIn(member, person(1));
        world.untilStateOf(member, EnrichmentState.TO_REVIEW);
    }

    private void decide(CaseDecision decision) {
        world.engine.host().enrichments().decide(world.cases().get(0), decision, REASON);
    }

    private static VippsPerson person(int ordinal) {
        return VippsPerson.with(SyntheticNationalId.of(LocalDate.of(1975, 5, 5), true, ordinal));
    }
}
