package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.IDS_IN_ORDER;
import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.link;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.RunId;
import io.membersync.storage.EditMark;
import io.membersync.storage.LinkMark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What order ids come in: by code point, so that every node and every database agrees with the registry's listing. */
@Requirement("B7")
abstract class OrderContract {

    private final Supplier<StorageRig> rigs;

    OrderContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void marksComeInCodePointOrder() {
        saveAll();

        assertThat(marks(Optional.empty(), Optional.empty(), 100)).containsExactlyElementsOf(IDS_IN_ORDER);
    }

    @Test
    void everyRangeBeginsBehindItsStartAndEndsWithItsEnd() {
        saveAll();

        for (int from = 0; from < IDS_IN_ORDER.size(); from++) {
            for (int to = from; to < IDS_IN_ORDER.size(); to++) {
                assertThat(marks(Optional.of(IDS_IN_ORDER.get(from)), Optional.of(IDS_IN_ORDER.get(to)), 100))
                        .containsExactlyElementsOf(IDS_IN_ORDER.subList(from + 1, to + 1));
            }
        }
    }

    @Test
    void marksCanBeReadStepByStep() {
        saveAll();
        List<String> read = new ArrayList<>();
        Optional<String> last = Optional.empty();
        List<String> step = marks(last, Optional.empty(), 3);
        while (!step.isEmpty()) {
            read.addAll(step);
            last = Optional.of(step.get(step.size() - 1));
            step = marks(last, Optional.empty(), 3);
        }

        assertThat(read).containsExactlyElementsOf(IDS_IN_ORDER);
    }

    @Test
    void idsThatACollationTakesForEqualAreDifferentIds() {
        saveAll();

        for (String text : IDS_IN_ORDER) {
            assertThat(rigs.get().link(INTEGRATION, id(text)).member()).contains(StorageSamples.member(text));
        }
    }

    @Test
    void pendingEditsComeInCodePointOrder() {
        saveAll();
        List<MemberId> members =
                IDS_IN_ORDER.stream().map(StorageSamples::member).toList();
        rigs.get().write(session -> session.edits().mark(members, NOW));

        assertThat(rigs.get().list(session -> session.edits().pending(INTEGRATION, Optional.empty(), 100)))
                .extracting(EditMark::externalId)
                .extracting(ExternalId::value)
                .containsExactlyElementsOf(IDS_IN_ORDER);
        assertThat(rigs.get().list(session -> session.edits().pending(INTEGRATION, Optional.of(id("m_1")), 2)))
                .extracting(mark -> mark.externalId().value())
                .containsExactly("m_1 ", "m_10");
    }

    @Test
    @Requirement("B10")
    void quarantinedRecordsAreListedInCodePointOrder() {
        rigs.get()
                .write(session -> session.quarantine()
                        .save(
                                INTEGRATION,
                                shuffled().stream().map(StorageSamples::bad).toList()));

        List<QuarantinedRecord> listed = StorageRig.items(rigs.get()
                .slices(cursor ->
                        rigs.get().read(session -> session.quarantine().list(INTEGRATION, cursor, 4))));

        assertThat(listed).extracting(QuarantinedRecord::key).containsExactlyElementsOf(IDS_IN_ORDER);
    }

    @Test
    @Requirement("B10")
    void recordsToReadAgainComeInCodePointOrder() {
        rigs.get()
                .write(session -> session.quarantine()
                        .reread(
                                INTEGRATION,
                                shuffled().stream().map(ExternalId::of).toList()));

        assertThat(rigs.get().set(session -> session.quarantine().toReread(INTEGRATION, 100)))
                .extracting(ExternalId::value)
                .containsExactlyElementsOf(IDS_IN_ORDER);
        assertThat(rigs.get().set(session -> session.quarantine().toReread(INTEGRATION, 3)))
                .extracting(ExternalId::value)
                .containsExactlyElementsOf(IDS_IN_ORDER.subList(0, 3));
    }

    @Test
    void absencesAreListedInCodePointOrder() {
        saveAll();
        RunId run = new RunId("run-1");
        rigs.get()
                .write(session -> session.absences()
                        .add(
                                INTEGRATION,
                                run,
                                shuffled().stream().map(ExternalId::of).toList()));

        assertThat(StorageRig.items(rigs.get()
                        .slices(cursor ->
                                rigs.get().read(session -> session.absences().list(INTEGRATION, run, cursor, 4)))))
                .extracting(absence -> absence.externalId().value())
                .containsExactlyElementsOf(IDS_IN_ORDER);
    }

    private void saveAll() {
        List<Link> links = shuffled().stream().map(text -> link(text)).toList();
        rigs.get().write(session -> session.links().save(INTEGRATION, links));
    }

    private static List<String> shuffled() {
        List<String> shuffled = new ArrayList<>(IDS_IN_ORDER);
        Collections.shuffle(shuffled, new Random(7));
        return shuffled;
    }

    private List<String> marks(Optional<String> after, Optional<String> upTo, int limit) {
        return rigs
                .get()
                .read(session ->
                        session.links().marks(INTEGRATION, after.map(ExternalId::of), upTo.map(ExternalId::of), limit))
                .stream()
                .map(LinkMark::externalId)
                .map(ExternalId::value)
                .toList();
    }
}
