package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a connector promises when the answers are not what they should be. */
abstract class BadPayloadContract {

    private final Supplier<ContractRig> rigs;

    BadPayloadContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    /** Lets the second page of the listing go wrong, and checks that the listing goes on once it is well again. */
    private RegistryException failureOfSecondPage(RegistryFault fault) {
        ContractRig rig = rigs.get();
        Connector connector = rig.connector();
        Cursor second = connector.fullReader().read(Cursor.START).next().orElseThrow();
        rig.strike(fault, RegistryRoute.LISTING, 0);
        RegistryException failure =
                ContractRig.failure(() -> connector.fullReader().read(second));
        rig.registry.heal();
        assertThat(ContractRig.readAll(connector.fullReader(), second)).isNotEmpty();
        return failure;
    }

    @Test
    @Requirement({"B4", "B7"})
    void neverTakesATruncatedPageForTheEnd() {
        assertThat(failureOfSecondPage(RegistryFault.TRUNCATED_JSON).fault()).isEqualTo(Fault.UNREADABLE);
    }

    @Test
    @Requirement({"B4", "B7"})
    void neverTakesABrokenConnectionForTheEnd() {
        assertThat(failureOfSecondPage(RegistryFault.CUT_BODY).fault().passing())
                .as("a broken connection passes")
                .isTrue();
    }

    @Test
    @Requirement({"A6", "B7"})
    void blamesTheAddressForAWebPage() {
        assertThat(failureOfSecondPage(RegistryFault.WEB_PAGE).fault()).isEqualTo(Fault.ENDPOINT);
    }

    @Test
    @Requirement("B7")
    void refusesGarbage() {
        assertThat(failureOfSecondPage(RegistryFault.GARBAGE).fault()).isEqualTo(Fault.UNREADABLE);
    }

    @Test
    @Requirement("B7")
    void refusesAnAnswerOfAnotherShape() {
        assertThat(failureOfSecondPage(RegistryFault.OTHER_SHAPE).fault()).isEqualTo(Fault.UNREADABLE);
    }

    @Test
    @Requirement("A6")
    void blamesTheKeyWhenItIsRevokedInTheMiddle() {
        assertThat(failureOfSecondPage(RegistryFault.KEY_REVOKED).fault()).isEqualTo(Fault.CREDENTIALS);
    }

    @Test
    @Requirement({"A6", "R11"})
    void blamesTheKeyWhenItMayNotReadOn() {
        assertThat(failureOfSecondPage(RegistryFault.FORBIDDEN).fault()).isEqualTo(Fault.CREDENTIALS);
    }

    @Test
    @Requirement({"B1", "R11"})
    void losesNobodyOverPagesInAnotherOrder() {
        ContractRig rig = rigs.get();
        rig.strike(RegistryFault.REORDERED, RegistryRoute.LISTING, 0);
        Reading reading = Reading.of(rig.connector());

        assertThat(reading.failed() || reading.seen().equals(rig.registry.ids()))
                .as("all members, or told that they cannot be read")
                .isTrue();
    }

    @Test
    @Requirement({"B1", "R1", "R11"})
    void neverTakesAnEmptyPageForTheEnd() {
        ContractRig rig = rigs.get();
        List<Page> whole = rig.readAll();
        Set<String> lost = new HashSet<>(ContractRig.ids(whole.subList(1, 2)));
        rig.strike(RegistryFault.EMPTY_PAGE, RegistryRoute.LISTING, 1);
        Reading reading = Reading.of(rig.connector());

        assertThat(reading.failed()
                        || reading.seen().size() + lost.size()
                                >= rig.registry.ids().size())
                .as("read on behind the empty page, or told that it cannot be read")
                .isTrue();
    }

    @Test
    @Requirement({"B7", "R1", "R11"})
    void neverEndsCompleteOverALossThatShows() {
        ContractRig rig = rigs.get();
        rig.strike(RegistryFault.NOTICEABLE_LOSS, RegistryRoute.LISTING, 1);
        Reading reading = Reading.of(rig.connector());

        assertThat(reading.complete() && !reading.seen().containsAll(rig.registry.ids()))
                .as("complete with members missing")
                .isFalse();
    }

    @Test
    @Requirement("B7")
    void neverEndsCompleteOverARepeatedPageWithMembersMissing() {
        ContractRig rig = rigs.get();
        Connector connector = rig.connector();
        rig.strike(RegistryFault.REPEATED_ANSWER, RegistryRoute.LISTING, 2);
        Reading reading = Reading.of(connector);

        assertThat(reading.complete() && !reading.seen().containsAll(rig.registry.ids()))
                .as("complete with members missing")
                .isFalse();
    }

    @Test
    @Requirement("B10")
    void givesARecordWithoutIdAsUnreadable() {
        malformed(
                BadRecord.MISSING_ID,
                (id, record) -> assertThat(record)
                        .isInstanceOfSatisfying(
                                RegistryRecord.Unreadable.class,
                                unreadable ->
                                        assertThat(unreadable.externalId()).isEmpty()));
    }

    @Test
    @Requirement("B10")
    void givesARecordOfBrokenTextAsUnreadableWithItsId() {
        malformed(
                BadRecord.INVALID_UTF8,
                (id, record) -> assertThat(record)
                        .isInstanceOfSatisfying(RegistryRecord.Unreadable.class, unreadable -> {
                            assertThat(unreadable.externalId()).contains(ExternalId.of(id));
                            assertThat(unreadable.path()).isNotBlank();
                        }));
    }

    @Test
    @Requirement("B10")
    void givesAHugeTextAsData() {
        malformed(BadRecord.HUGE_TEXT, (id, record) -> assertThat(record).isInstanceOf(RegistryRecord.Present.class));
    }

    @Test
    @Requirement("A5")
    void ignoresFieldsThatItDoesNotKnow() {
        malformed(
                BadRecord.UNKNOWN_FIELD, (id, record) -> assertThat(record).isInstanceOf(RegistryRecord.Present.class));
    }

    @Test
    @Requirement({"D4", "R11"})
    void tellsAFieldThatIsNotThere() {
        malformed(
                BadRecord.MISSING_FIELD,
                (id, record) -> assertThat(valueIn(record)).isInstanceOf(RawValue.Absent.class));
    }

    @Test
    @Requirement({"D4", "R11"})
    void tellsAnExplicitNullFromAFieldThatIsNotThere() {
        malformed(
                BadRecord.NULL_FIELD,
                (id, record) -> assertThat(valueIn(record)).isInstanceOf(RawValue.Null.class));
    }

    private RawValue valueIn(RegistryRecord record) {
        assertThat(record).isInstanceOf(RegistryRecord.Present.class);
        return rigs.get().valueIn((RegistryRecord.Present) record);
    }

    @Test
    @Requirement("B10")
    void leavesAValueOfTheWrongKindToTheMapping() {
        malformed(BadRecord.WRONG_TYPE, (id, record) -> assertThat(record).isInstanceOf(RegistryRecord.Present.class));
    }

    /**
     * A listing that may go wrong.
     *
     * @param seen the ids of all members that came
     * @param complete whether it ended with the word that nothing is missing
     * @param failed whether it ended with a failure
     */
    private record Reading(Set<String> seen, boolean complete, boolean failed) {

        private static final int MOST_PAGES = 50;

        static Reading of(Connector connector) {
            Set<String> seen = new HashSet<>();
            boolean complete = false;
            Optional<Cursor> next = Optional.of(Cursor.START);
            try {
                for (int i = 0; i < MOST_PAGES && next.isPresent(); i++) {
                    Page page = connector.fullReader().read(next.get());
                    seen.addAll(ContractRig.ids(List.of(page)));
                    complete = page.ending() == Page.Ending.COMPLETE;
                    next = page.next();
                }
                return new Reading(seen, complete, false);
            } catch (RegistryException noticed) {
                return new Reading(seen, false, true);
            }
        }
    }

    /** What is expected of a malformed record. */
    @FunctionalInterface
    private interface Expectation {
        void of(String id, RegistryRecord record);
    }

    private void malformed(BadRecord kind, Expectation expectation) {
        ContractRig rig = rigs.get();
        List<String> before = ContractRig.ids(rig.readAll());
        int place = before.size() / 2;
        String id = before.get(place);
        Assumptions.assumeTrue(rig.registry.malform(id, kind), () -> kind + " cannot happen with this registry");

        List<Page> pages = rig.readAll();

        List<RegistryRecord> records =
                pages.stream().flatMap(page -> page.records().stream()).toList();
        assertThat(records).as("records, the bad one among them").hasSameSizeAs(before);
        expectation.of(id, records.get(place));
        Set<String> others = new HashSet<>(before);
        others.remove(id);
        assertThat(ContractRig.ids(pages)).containsAll(others);
        assertThat(pages.get(pages.size() - 1).ending()).isEqualTo(Page.Ending.COMPLETE);
    }
}
