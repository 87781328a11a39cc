package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.SOUTH;
import static io.membersync.testkit.contract.StorageSamples.entry;
import static io.membersync.testkit.contract.StorageSamples.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Trigger;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the audit promises. */
@Requirement("E2")
abstract class AuditStoreContract {

    private final Supplier<StorageRig> rigs;

    AuditStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void entriesComeBackAsTheyWentIn() {
        for (AuditKind kind : AuditKind.values()) {
            AuditEntry full = new AuditEntry(
                    NOW,
                    kind,
                    NORTH,
                    Optional.of(INTEGRATION),
                    Optional.of("run-1"),
                    "Kari O'Ås 😀",
                    Optional.of(member("m_1")),
                    Optional.of(ExternalId.of("m_1")),
                    "Two fields of a member were changed",
                    List.of(
                            new AuditEntry.ValueChange("city", "", "O'slo «\"\\\n😀", "Only the registry changed it"),
                            new AuditEntry.ValueChange("a", "x".repeat(500), "", "")));
            AuditEntry bare = new AuditEntry(
                    NOW.plusNanos(1_000),
                    kind,
                    NORTH,
                    Optional.empty(),
                    Optional.empty(),
                    "sync",
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    List.of());

            append(full, bare);

            assertThat(find(limited(2)).items()).containsExactly(bare, full);
        }
    }

    @Test
    void entriesComeNewestFirstThoughTheyHappenedAtTheSameInstant() {
        append(entry(NORTH, "1"), entry(NORTH, "2"));
        append(entry(NORTH, "3"));

        assertThat(summaries(find(AuditQuery.of(NORTH)))).containsExactly("3", "2", "1");
    }

    @Test
    void organizationsDoNotSeeEachOthersEntries() {
        append(entry(NORTH, "north"), entry(SOUTH, "south"));

        assertThat(summaries(find(AuditQuery.of(SOUTH)))).containsExactly("south");
    }

    @Test
    void entriesAreFoundByKindMemberAndRun() {
        append(
                of(AuditKind.MEMBER_CREATED, "m_1", "run-1", "a"),
                of(AuditKind.MEMBER_UPDATED, "m_1", "run-1", "b"),
                of(AuditKind.MEMBER_UPDATED, "m_1", "run-2", "c"),
                of(AuditKind.MEMBER_UPDATED, "m_10", "run-2", "d"),
                entry(NORTH, AuditKind.RUN, Optional.empty(), Optional.of("run-2"), "e"));

        assertThat(summaries(find(AuditQuery.of(NORTH).only(AuditKind.MEMBER_CREATED, AuditKind.RUN))))
                .containsExactly("e", "a");
        assertThat(summaries(find(AuditQuery.of(NORTH).about(member("m_1"))))).containsExactly("c", "b", "a");
        assertThat(summaries(find(AuditQuery.of(NORTH).ofRun("run-2")))).containsExactly("e", "d", "c");
        assertThat(summaries(find(AuditQuery.of(NORTH)
                        .only(AuditKind.MEMBER_UPDATED)
                        .about(member("m_1"))
                        .ofRun("run-2"))))
                .containsExactly("c");
    }

    @Test
    void entriesAreFoundByIntegrationTimeReasonAndFailure() {
        AuditEntry first = entry(NORTH, "first");
        AuditEntry failed = at(1, "failed", Optional.of(INTEGRATION)).endOfRun(Trigger.SCHEDULED, true);
        AuditEntry other =
                at(2, "other", Optional.of(IntegrationId.of("another"))).endOfRun(Trigger.MANUAL, false);
        AuditEntry broken = at(3, "broken", Optional.empty()).asFailure();
        append(first, failed, other, broken);

        assertThat(find(AuditQuery.of(NORTH).in(INTEGRATION)).items())
                .contains(failed)
                .doesNotContain(other, broken);
        assertThat(summaries(find(AuditQuery.of(NORTH).startedFor(Trigger.SCHEDULED))))
                .containsExactly("failed");
        assertThat(summaries(find(AuditQuery.of(NORTH).startedFor(Trigger.MANUAL))))
                .containsExactly("other");
        assertThat(summaries(find(AuditQuery.of(NORTH).onlyFailed()))).containsExactly("broken", "failed");
        assertThat(summaries(find(AuditQuery.of(NORTH).between(NOW.plusSeconds(1), NOW.plusSeconds(3)))))
                .containsExactly("other", "failed");
        assertThat(summaries(find(AuditQuery.of(NORTH).onlyFailed().startedFor(Trigger.MANUAL))))
                .isEmpty();
    }

    private static AuditEntry at(long second, String summary, Optional<IntegrationId> integration) {
        return new AuditEntry(
                NOW.plusSeconds(second),
                AuditKind.RUN,
                NORTH,
                integration,
                Optional.of("run-1"),
                "sync",
                Optional.empty(),
                Optional.empty(),
                summary,
                List.of());
    }

    @Test
    void slicesHoldEveryEntryOnce() {
        IntStream.range(0, 7).forEach(i -> append(entry(NORTH, String.valueOf(i))));

        List<Slice<AuditEntry>> slices = rigs.get().slices(cursor -> find(limited(3, cursor)));

        assertThat(StorageRig.items(slices))
                .extracting(AuditEntry::summary)
                .containsExactly("6", "5", "4", "3", "2", "1", "0");
        assertThat(slices).extracting(slice -> slice.items().size()).containsExactly(3, 3, 1);
    }

    @Test
    void aCursorStaysRightWhileNewEntriesArrive() {
        IntStream.range(0, 4).forEach(i -> append(entry(NORTH, String.valueOf(i))));
        Slice<AuditEntry> first = find(limited(2));
        append(entry(NORTH, "new 1"), entry(NORTH, "new 2"), entry(NORTH, "new 3"));

        Slice<AuditEntry> second = find(limited(2, first.next()));

        assertThat(summaries(first)).containsExactly("3", "2");
        assertThat(summaries(second)).containsExactly("1", "0");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void slicesOfAFilteredQuestionAreFullAsLongAsThereIsMore() {
        for (int i = 0; i < 6; i++) {
            append(
                    of(AuditKind.MEMBER_UPDATED, "m_1", "run-1", String.valueOf(i)),
                    of(AuditKind.MEMBER_UPDATED, "m_2", "run-1", "other"),
                    of(AuditKind.MEMBER_UPDATED, "m_3", "run-1", "other"));
        }

        List<Slice<AuditEntry>> slices = rigs.get()
                .slices(cursor -> find(new AuditQuery(
                        NORTH, AuditQuery.of(NORTH).about(member("m_1")).criteria(), cursor, 4)));

        assertThat(StorageRig.items(slices))
                .extracting(AuditEntry::summary)
                .containsExactly("5", "4", "3", "2", "1", "0");
        assertThat(slices).extracting(slice -> slice.items().size()).containsExactly(4, 2);
    }

    private static AuditEntry of(AuditKind kind, String member, String run, String summary) {
        return entry(NORTH, kind, Optional.of(member(member)), Optional.of(run), summary);
    }

    private static AuditQuery limited(int limit) {
        return limited(limit, Optional.empty());
    }

    private static AuditQuery limited(int limit, Optional<String> cursor) {
        return new AuditQuery(NORTH, List.of(), cursor, limit);
    }

    private void append(AuditEntry... entries) {
        rigs.get().write(session -> session.audit().append(List.of(entries)));
    }

    private Slice<AuditEntry> find(AuditQuery query) {
        return rigs.get().read(session -> session.audit().find(query));
    }

    private static List<String> summaries(Slice<AuditEntry> slice) {
        return slice.items().stream().map(AuditEntry::summary).toList();
    }
}
