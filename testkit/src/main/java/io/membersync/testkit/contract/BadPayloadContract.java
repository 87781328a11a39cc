package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
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
    @Requirement("B7")
    void neverEndsCompleteOverARepeatedPageWithMembersMissing() {
        ContractRig rig = rigs.get();
        Connector connector = rig.connector();
        rig.strike(RegistryFault.REPEATED_ANSWER, RegistryRoute.LISTING, 2);
        Set<String> seen = new HashSet<>();
        boolean complete = false;
        Optional<Cursor> next = Optional.of(Cursor.START);
        try {
            for (int i = 0; i < 50 && next.isPresent(); i++) {
                Page page = connector.fullReader().read(next.get());
                seen.addAll(ContractRig.ids(List.of(page)));
                complete = page.ending() == Page.Ending.COMPLETE;
                next = page.next();
            }
        } catch (RegistryException noticed) {
            complete = false;
        }

        assertThat(complete && !seen.containsAll(rig.registry.ids()))
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
    @Requirement("B10")
    void leavesAValueOfTheWrongKindToTheMapping() {
        malformed(BadRecord.WRONG_TYPE, (id, record) -> assertThat(record).isInstanceOf(RegistryRecord.Present.class));
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
