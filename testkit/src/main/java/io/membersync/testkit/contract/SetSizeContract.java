package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditQuery;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.run.RunId;
import io.membersync.storage.AppMember;
import io.membersync.storage.LinkMark;
import io.membersync.storage.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a single call takes: nothing at all, and ten thousand rows. */
@Requirement("B1")
abstract class SetSizeContract {

    private static final int MANY = 10_000;

    private static final List<ExternalId> IDS = IntStream.range(0, MANY)
            .mapToObj(i -> ExternalId.of("m_" + (100_000 + i)))
            .toList();

    private final Supplier<StorageRig> rigs;

    SetSizeContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void tenThousandMembersAreOneStep() {
        List<MemberId> members = rigs.get().read(session -> {
            List<MemberId> ids = session.members().newIds(MANY);
            session.members()
                    .apply(
                            NORTH,
                            ids.stream()
                                    .<MemberChange>map(id -> new MemberChange.Create(
                                            id, ExternalId.of("m_1"), StorageSamples.living("Oslo")))
                                    .toList());
            return ids;
        });
        List<AppMember> seen = List.copyOf(rigs.get()
                .read(session -> session.members().load(NORTH, members))
                .values());

        assertThat(seen).hasSize(MANY);
        rigs.get()
                .write(session -> assertThat(session.members()
                                .apply(
                                        NORTH,
                                        seen.stream()
                                                .<MemberChange>map(member -> StorageSamples.move(member, "Bergen"))
                                                .toList()))
                        .isEmpty());
        assertThat(rigs.get()
                        .read(session -> session.members().load(NORTH, members))
                        .values())
                .allMatch(member ->
                        member.state().value(MemberField.CITY).display().equals("Bergen"));
    }

    @Test
    void tenThousandLinksAreOneStep() {
        saveAll();
        List<Link> loaded = List.copyOf(rigs.get()
                .read(session -> session.links().load(INTEGRATION, IDS))
                .values());
        rigs.get()
                .write(session -> session.links()
                        .save(
                                INTEGRATION,
                                loaded.stream()
                                        .map(link -> StorageSamples.with(link, "v2"))
                                        .toList()));

        assertThat(rigs.get().<Long>read(session -> session.links().count(INTEGRATION)))
                .isEqualTo(MANY);
        assertThat(rigs.get().list(session -> session.links().marks(INTEGRATION, IDS)))
                .hasSize(MANY);
        assertThat(rigs.get()
                        .list(session ->
                                session.links().marks(INTEGRATION, Optional.empty(), Optional.empty(), MANY + 1)))
                .extracting(LinkMark::externalId)
                .containsExactlyElementsOf(IDS);
    }

    @Test
    void tenThousandEditsAreOneStep() {
        saveAll();
        rigs.get()
                .write(session -> session.edits()
                        .mark(
                                IDS.stream()
                                        .map(id -> StorageSamples.member(id.value()))
                                        .toList(),
                                NOW));

        assertThat(rigs.get().list(session -> session.edits().pending(INTEGRATION, Optional.empty(), MANY + 1)))
                .hasSize(MANY);
        rigs.get()
                .write(session -> session.edits()
                        .clear(
                                INTEGRATION,
                                session.edits().load(INTEGRATION, IDS).values()));
        assertThat(rigs.get().list(session -> session.edits().pending(INTEGRATION, Optional.empty(), 1)))
                .isEmpty();
    }

    @Test
    void tenThousandConflictsAreOneStep() {
        List<MemberId> members =
                IDS.stream().map(id -> StorageSamples.member(id.value())).toList();
        rigs.get()
                .write(session -> session.conflicts()
                        .save(members.stream()
                                .map(member -> StorageSamples.conflict(member, MemberField.EMAIL))
                                .toList()));

        assertThat(rigs.get().list(session -> session.conflicts().load(INTEGRATION, members)))
                .hasSize(MANY);
        rigs.get()
                .write(session -> session.conflicts()
                        .save(session.conflicts().load(INTEGRATION, members).stream()
                                .map(StorageSamples::ended)
                                .toList()));
        assertThat(rigs.get()
                        .<Long>read(session ->
                                session.conflicts().backlog(INTEGRATION).open()))
                .isZero();
    }

    @Test
    void tenThousandBadRecordsAreOneStep() {
        List<String> keys = IDS.stream().map(ExternalId::value).toList();
        rigs.get().write(session -> {
            session.quarantine()
                    .save(INTEGRATION, keys.stream().map(StorageSamples::bad).toList());
            session.quarantine().reread(INTEGRATION, IDS);
        });

        assertThat(rigs.get().list(session -> session.quarantine().load(INTEGRATION, keys)))
                .hasSize(MANY);
        assertThat(rigs.get().set(session -> session.quarantine().toReread(INTEGRATION, MANY + 1)))
                .hasSize(MANY);
        rigs.get().write(session -> {
            session.quarantine().remove(INTEGRATION, keys);
            session.quarantine().rereadDone(INTEGRATION, IDS);
        });
        assertThat(rigs.get().list(session -> session.quarantine().load(INTEGRATION, keys)))
                .isEmpty();
        assertThat(rigs.get().set(session -> session.quarantine().toReread(INTEGRATION, 1)))
                .isEmpty();
    }

    @Test
    void tenThousandAbsencesAndEntriesAreOneStep() {
        saveAll();
        RunId run = new RunId("run-1");
        rigs.get().write(session -> {
            session.absences().add(INTEGRATION, run, IDS);
            session.audit()
                    .append(IDS.stream()
                            .map(id -> StorageSamples.entry(NORTH, id.value()))
                            .toList());
        });

        assertThat(StorageRig.items(rigs.get()
                        .slices(cursor ->
                                rigs.get().read(session -> session.absences().list(INTEGRATION, run, cursor, 1_000)))))
                .hasSize(MANY);
        assertThat(rigs.get()
                        .read(session -> session.audit().find(AuditQuery.of(NORTH)))
                        .items()
                        .get(0)
                        .summary())
                .isEqualTo(IDS.get(MANY - 1).value());
    }

    @Test
    void emptySetsDoNoHarm() {
        rigs.get().write(session -> {
            assertNothingIsLoaded(session);
            session.links().save(INTEGRATION, List.of());
            session.edits().mark(List.of(), NOW);
            session.edits().clear(INTEGRATION, List.of());
            session.conflicts().save(List.of());
            session.quarantine().save(INTEGRATION, List.of());
            session.quarantine().remove(INTEGRATION, List.of());
            session.quarantine().reread(INTEGRATION, List.of());
            session.quarantine().rereadDone(INTEGRATION, List.of());
            session.absences().add(INTEGRATION, new RunId("run-1"), List.of());
            session.audit().append(List.of());
        });
    }

    private static void assertNothingIsLoaded(Session session) {
        assertThat(session.members().load(NORTH, List.of())).isEmpty();
        assertThat(session.members().apply(NORTH, List.of())).isEmpty();
        assertThat(session.links().load(INTEGRATION, List.of())).isEmpty();
        assertThat(session.links().marks(INTEGRATION, List.of())).isEmpty();
        assertThat(session.edits().load(INTEGRATION, List.of())).isEmpty();
        assertThat(session.conflicts().load(INTEGRATION, List.of())).isEmpty();
        assertThat(session.quarantine().load(INTEGRATION, List.of())).isEmpty();
    }

    private void saveAll() {
        List<Link> links =
                IDS.stream().map(id -> StorageSamples.link(id.value())).toList();
        rigs.get().write(session -> session.links().save(INTEGRATION, links));
    }
}
