package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.SOUTH;
import static io.membersync.testkit.contract.StorageSamples.bad;
import static io.membersync.testkit.contract.StorageSamples.conflict;
import static io.membersync.testkit.contract.StorageSamples.gone;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.ids;
import static io.membersync.testkit.contract.StorageSamples.link;
import static io.membersync.testkit.contract.StorageSamples.living;
import static io.membersync.testkit.contract.StorageSamples.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.matching.Candidate;
import io.membersync.matching.Match;
import io.membersync.matching.MatchDecision;
import io.membersync.matching.MatchKey;
import io.membersync.matching.MatchReview;
import io.membersync.member.PersonalSection;
import io.membersync.member.RecordId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Link;
import io.membersync.storage.AuditLink;
import io.membersync.storage.ErasureStore.Trace;
import io.membersync.storage.SignedEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is promised of single persons: found everywhere, removed everywhere, and known again by hash alone. */
@Requirement({"R18", "F5"})
abstract class ErasureStoreContract {

    private static final MemberId KARI = member("kari");
    private static final MemberId OLA = member("ola");

    private final Supplier<StorageRig> rigs;

    ErasureStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void aPersonIsFoundByLinksTombstonesMergedRecordsAndDecisions() {
        rigs.get().write(session -> {
            session.links()
                    .save(
                            INTEGRATION,
                            List.of(
                                    link("live", KARI),
                                    gone(
                                            link("merged", KARI),
                                            Optional.empty(),
                                            new Link.Tombstone("merged", Optional.of(id("live")))),
                                    link("other", OLA)));
            session.links()
                    .save(
                            OTHER,
                            List.of(gone(
                                    link("gone", KARI),
                                    Optional.of(KARI),
                                    new Link.Tombstone("deleted", Optional.empty()))));
            session.matches()
                    .save(List.of(
                            review("decided", OLA).decided(new MatchDecision(Optional.of(KARI), "ann", "asked"), NOW),
                            review("open", KARI)));
        });

        assertThat(rigs.get().<Trace>set(session -> session.erasures().traces(List.of(KARI))))
                .containsExactlyInAnyOrder(
                        new Trace(new RecordId(INTEGRATION, id("live")), Optional.of(KARI)),
                        new Trace(new RecordId(INTEGRATION, id("merged")), Optional.empty()),
                        new Trace(new RecordId(OTHER, id("gone")), Optional.of(KARI)),
                        new Trace(new RecordId(INTEGRATION, id("decided")), Optional.of(KARI)));
        assertThat(rigs.get().<IntegrationId>set(session -> session.erasures().integrations(List.of(KARI))))
                .contains(INTEGRATION, OTHER);
        assertThat(rigs.get().<RecordId>set(session -> session.erasures().inQuestion(List.of(KARI))))
                .containsExactly(new RecordId(INTEGRATION, id("open")));
    }

    private static MatchReview review(String record, MemberId candidate) {
        return new MatchReview(
                INTEGRATION,
                id(record),
                Match.Doubt.WEAK_KEYS_ONLY,
                List.of(new Candidate(candidate, Set.of(MatchKey.EMAIL), Optional.empty())),
                NOW,
                NOW,
                Optional.empty(),
                0);
    }

    @Test
    void whatIsErasedIsGoneAndNothingOfOthers() {
        rigs.get().write(session -> {
            session.links().save(INTEGRATION, List.of(link("1", KARI), link("2", OLA)));
            session.links().save(OTHER, List.of(link("1", KARI)));
            session.conflicts().save(List.of(conflict(KARI, MemberField.EMAIL), conflict(OLA, MemberField.EMAIL)));
            session.quarantine().save(INTEGRATION, List.of(bad("1"), bad("2")));
            session.quarantine().reread(INTEGRATION, ids("1", "2"));
            session.edits().mark(List.of(KARI, OLA), NOW);
            session.matches().save(List.of(review("1", OLA), review("2", OLA)));
        });

        Map<PersonalSection, Long> removed =
                rigs.get().read(session -> session.erasures().erase(INTEGRATION, ids("1"), List.of(KARI)));

        assertThat(removed)
                .containsEntry(PersonalSection.LINK, 1L)
                .containsEntry(PersonalSection.CONFLICT, 1L)
                .containsEntry(PersonalSection.QUARANTINE, 1L)
                .containsEntry(PersonalSection.EDIT, 2L)
                .containsEntry(PersonalSection.MATCH, 1L);
        rigs.get().write(session -> {
            assertThat(session.links().load(INTEGRATION, ids("1", "2"))).containsOnlyKeys(id("2"));
            assertThat(session.links().of(KARI)).containsOnlyKeys(OTHER);
            assertThat(session.links().count(INTEGRATION)).isOne();
            assertThat(session.conflicts().load(INTEGRATION, List.of(KARI, OLA)))
                    .hasSize(1);
            assertThat(session.quarantine().load(INTEGRATION, List.of("1", "2")))
                    .hasSize(1);
            assertThat(session.quarantine().toReread(INTEGRATION, 9)).containsExactly(id("2"));
            assertThat(session.edits().load(INTEGRATION, ids("1", "2"))).containsOnlyKeys(id("2"));
            assertThat(session.edits().load(OTHER, ids("1"))).hasSize(1);
            assertThat(session.matches().load(INTEGRATION, ids("1", "2"))).containsOnlyKeys(id("2"));
        });
        rigs.get().write(session -> session.links().save(INTEGRATION, List.of(link("9", KARI))));
    }

    @Test
    void hashesAreNotedOnceForTheirOrganizationUntilTheyAreLifted() {
        Instant later = NOW.plusSeconds(60);
        assertThat(rigs.get().<OrganizationId>set(session -> session.erasures().organizations()))
                .isEmpty();
        rigs.get().write(session -> session.erasures().note(NORTH, List.of("a", "b"), NOW));
        rigs.get().write(session -> session.erasures().note(NORTH, List.of("b", "c"), later));

        assertThat(noted("a", "b", "c", "d"))
                .containsOnly(Map.entry("a", NOW), Map.entry("b", NOW), Map.entry("c", later));
        assertThat(rigs.get()
                        .<Map<String, Instant>>read(
                                session -> session.erasures().noted(SOUTH, List.of("a"))))
                .isEmpty();
        assertThat(rigs.get().<OrganizationId>set(session -> session.erasures().organizations()))
                .containsExactly(NORTH);
        assertThat(rigs.get().<Boolean>read(session -> session.erasures().lift(NORTH, "a")))
                .isTrue();
        assertThat(rigs.get().<Boolean>read(session -> session.erasures().lift(NORTH, "a")))
                .isFalse();
        assertThat(noted("a", "b")).containsOnlyKeys("b");
    }

    private Map<String, Instant> noted(String... hashes) {
        return rigs.get().read(session -> session.erasures().noted(NORTH, List.of(hashes)));
    }

    @Test
    void aMembersRowIsErasedForItsOrganizationAlone() {
        MemberId kari = rigs.get().insert(NORTH, living("Oslo"));
        MemberId ola = rigs.get().insert(NORTH, living("Bergen"));

        assertThat(rigs.get().<Integer>read(session -> session.members().erase(SOUTH, List.of(kari))))
                .isZero();
        assertThat(rigs.get().findMember(NORTH, kari)).isPresent();
        assertThat(rigs.get()
                        .<OrganizationId>set(session -> session.members().organizations(List.of(kari), List.of(NORTH))))
                .containsExactly(NORTH);
        int erased = rigs.get().read(session -> session.members().erase(NORTH, List.of(kari)));

        // A host that erases its rows itself leaves them.
        assertThat(rigs.get().findMember(NORTH, kari).isPresent()).isEqualTo(erased == 0);
        assertThat(rigs.get().findMember(NORTH, ola)).isPresent();
    }

    @Test
    void anEmptiedAuditEntryKeepsItsPlaceAndWhatStandsForThePerson() {
        rigs.get()
                .write(session -> session.audit()
                        .add(List.of(
                                signed(Optional.of(KARI), "1"),
                                signed(Optional.of(OLA), "2"),
                                signed(Optional.empty(), "3"))));
        List<AuditLink> found = rigs.get()
                .list(session ->
                        session.auditChains().about(NORTH, List.of(KARI), List.of(new RecordId(INTEGRATION, id("3")))));
        assertThat(found)
                .extracting(link -> link.signed().entry().externalId().orElseThrow())
                .containsExactlyInAnyOrder(id("1"), id("3"));

        assertThat(rigs.get().<OrganizationId>set(session -> session.erasures().inHistory(List.of(KARI))))
                .containsExactly(NORTH);

        List<AuditLink> shells = found.stream().map(ErasureStoreContract::shell).toList();
        rigs.get().write(session -> session.auditChains().erase(NORTH, shells));

        assertThat(rigs.get().<OrganizationId>set(session -> session.erasures().inHistory(List.of(KARI))))
                .isEmpty();
        List<AuditLink> waiting =
                rigs.get().list(session -> session.auditChains().waiting(NORTH, Optional.empty(), 9));
        assertThat(waiting).hasSize(3).containsAll(shells);
        assertThat(rigs.get()
                        .<AuditLink>list(session -> session.auditChains()
                                .about(NORTH, List.of(KARI), List.of(new RecordId(INTEGRATION, id("3"))))))
                .isEmpty();
    }

    private static SignedEntry signed(Optional<MemberId> member, String record) {
        return new SignedEntry(
                new AuditEntry(
                        NOW,
                        AuditKind.MEMBER_UPDATED,
                        NORTH,
                        Optional.of(INTEGRATION),
                        Optional.empty(),
                        "sync",
                        member,
                        Optional.of(id(record)),
                        "changed",
                        List.of(new AuditEntry.ValueChange("email", "a", "b", "why"))),
                "salt",
                "signature");
    }

    private static AuditLink shell(AuditLink link) {
        AuditEntry entry = link.signed().entry();
        return new AuditLink(
                link.id(),
                link.number(),
                link.seal(),
                new SignedEntry(
                        new AuditEntry(
                                entry.at(),
                                entry.kind(),
                                entry.organization(),
                                entry.integration(),
                                entry.run(),
                                entry.actor(),
                                Optional.empty(),
                                Optional.empty(),
                                entry.summary(),
                                List.of()),
                        "",
                        link.signed().signature(),
                        "hash:proof"));
    }
}
