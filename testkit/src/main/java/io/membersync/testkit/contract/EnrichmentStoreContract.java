package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.enrichment.EnrichedWeek;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.enrichment.EnrichmentSetting;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.enrichment.EnrichmentTask.Contents;
import io.membersync.enrichment.EnrichmentTask.Progress;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.IntegrationId;
import io.membersync.model.NationalIdCheck.Kind;
import io.membersync.model.OrganizationId;
import io.membersync.storage.StoredEnrichment;
import io.membersync.storage.StoredEnrichment.Baseline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the stores of enrichment promise: one task for a member and integration, none lost, decisions as they were made. */
@Requirement("F1")
abstract class EnrichmentStoreContract {

    private static final OrganizationId US = OrganizationId.of("us");
    private static final OrganizationId THEM = OrganizationId.of("them");

    private final Supplier<StorageRig> rigs;

    EnrichmentStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void aTaskComesBackAsItWentInOneRevisionOn() {
        EnrichmentTask full = new EnrichmentTask(
                member("p_1"),
                INTEGRATION,
                US,
                "vipps",
                EnrichmentState.TO_REVIEW,
                new Contents(
                        Optional.of("sealed"), Optional.of("1:hash"), Optional.of("1:subject"), Optional.of(Kind.D)),
                new Progress(NOW, 3, NOW.plusSeconds(30), Optional.of("«another»")),
                0);
        EnrichmentTask bare = task("p_2", INTEGRATION, EnrichmentState.PENDING, NOW);

        save(full, bare);

        assertThat(load("p_1")).containsExactly(full.revised(1));
        assertThat(load("p_2")).containsExactly(bare.revised(1));
        assertThat(load("p_3")).isEmpty();
    }

    @Test
    void aSaveOrRemovalWithAnOutdatedRevisionIsRefused() {
        EnrichmentTask task = task("p_1", INTEGRATION, EnrichmentState.PENDING, NOW);
        save(task);
        save(task.revised(1));

        assertThatThrownBy(() -> save(task)).isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> save(task.revised(1))).isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> remove(task.revised(1))).isInstanceOf(StaleVersionException.class);
        assertThat(load("p_1")).containsExactly(task.revised(2));

        remove(task.revised(2));
        assertThat(load("p_1")).isEmpty();
    }

    @Test
    void whatWaitsIsDueInTheOrderInWhichItCame() {
        save(
                task("p_1", INTEGRATION, EnrichmentState.PENDING, NOW.plusSeconds(2)),
                task("p_2", INTEGRATION, EnrichmentState.UNVERIFIED, NOW.plusSeconds(1)),
                task("p_3", INTEGRATION, EnrichmentState.STORED, NOW),
                task("p_4", INTEGRATION, EnrichmentState.WITHHELD, NOW),
                task("p_1", OTHER, EnrichmentState.PENDING, NOW.plusSeconds(4)));

        assertThat(due(NOW)).isEmpty();
        assertThat(waiting(NOW)).isEmpty();
        assertThat(due(NOW.plusSeconds(2))).containsExactly(member("p_1").value());
        assertThat(due(EnrichmentState.UNVERIFIED, NOW.plusSeconds(2)))
                .containsExactly(member("p_2").value());
        assertThat(waiting(NOW.plusSeconds(2))).containsExactly(INTEGRATION);
        assertThat(waiting(NOW.plusSeconds(4))).containsExactlyInAnyOrder(INTEGRATION, OTHER);
        assertThat(since(US)).contains(NOW.plusSeconds(1));
        assertThat(since(THEM)).isEmpty();
        assertThat(rigs.get()
                        .<EnrichmentTask>list(session ->
                                session.enrichments().due(OTHER, EnrichmentState.PENDING, NOW.plusSeconds(9), 1)))
                .hasSize(1);
    }

    @Test
    @Requirement("F3")
    void whatWasTriedWaitsBehindTheOthers() {
        EnrichmentTask tried = task("p_1", INTEGRATION, EnrichmentState.PENDING, NOW);
        save(
                tried.in(
                        EnrichmentState.PENDING,
                        tried.contents(),
                        new Progress(NOW, 1, NOW.plusSeconds(5), Optional.of("once"))),
                task("p_2", INTEGRATION, EnrichmentState.PENDING, NOW.plusSeconds(2)),
                task("p_3", INTEGRATION, EnrichmentState.PENDING, NOW.plusSeconds(1)));

        assertThat(due(NOW.plusSeconds(9)))
                .containsExactly(
                        member("p_3").value(),
                        member("p_2").value(),
                        member("p_1").value());
        assertThat(rigs.get()
                        .<EnrichmentTask>list(session ->
                                session.enrichments().due(INTEGRATION, EnrichmentState.PENDING, NOW.plusSeconds(9), 1)))
                .extracting(EnrichmentTask::member)
                .containsExactly(member("p_3"));
    }

    @Test
    @Requirement("F2")
    void anOpenLoginStandsBesideWhatIsKnown() {
        EnrichmentTask known = task("p_1", INTEGRATION, EnrichmentState.STORED, NOW);
        EnrichmentTask open = task("p_1", INTEGRATION, EnrichmentState.UNVERIFIED, NOW);
        save(known, open);
        save(open.revised(1));

        assertThat(load("p_1")).containsExactlyInAnyOrder(known.revised(1), open.revised(2));
        assertThatThrownBy(() -> save(open)).isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> save(
                        task("p_2", INTEGRATION, EnrichmentState.PENDING, NOW).revised(1)))
                .isInstanceOf(StaleVersionException.class);
        assertThat(StorageRig.items(rigs.get()
                        .slices(cursor -> rigs.get()
                                .read(session -> session.enrichments()
                                        .list(
                                                US,
                                                Set.of(EnrichmentState.STORED, EnrichmentState.UNVERIFIED),
                                                cursor,
                                                1)))))
                .containsExactly(open.revised(2), known.revised(1));

        remove(open.revised(2));
        assertThat(load("p_1")).containsExactly(known.revised(1));
    }

    @Test
    void numbersAndSubjectsAreFoundInTheirOrganizationAlone() {
        EnrichmentTask ours = hashed("p_1", INTEGRATION, US);
        EnrichmentTask theirs = hashed("p_1", OTHER, THEM);
        save(ours, theirs, task("p_2", INTEGRATION, EnrichmentState.PENDING, NOW));

        assertThat(rigs.get()
                        .<EnrichmentTask>list(session -> session.enrichments().withNumber(US, "1:hash")))
                .containsExactly(ours.revised(1));
        assertThat(rigs.get()
                        .<EnrichmentTask>list(session -> session.enrichments().ofSubject(THEM, "1:subject")))
                .containsExactly(theirs.revised(1));
        assertThat(rigs.get()
                        .<EnrichmentTask>list(session -> session.enrichments().withNumber(US, "1:subject")))
                .isEmpty();
    }

    @Test
    void anOrganizationsTasksAreListedByMemberInPagesAndCounted() {
        save(
                task("p_10", INTEGRATION, EnrichmentState.FAILED, NOW),
                task("p_1", OTHER, EnrichmentState.TO_REVIEW, NOW),
                task("p_1", INTEGRATION, EnrichmentState.FAILED, NOW),
                task("p_4", INTEGRATION, EnrichmentState.PENDING, NOW),
                hashed("p_5", INTEGRATION, THEM));
        Set<EnrichmentState> asked = Set.of(EnrichmentState.FAILED, EnrichmentState.TO_REVIEW);

        List<EnrichmentTask> listed = StorageRig.items(rigs.get()
                .slices(cursor ->
                        rigs.get().read(session -> session.enrichments().list(US, asked, cursor, 2))));

        assertThat(listed)
                .extracting(task -> task.member() + " " + task.integration())
                .containsExactly(
                        member("p_1") + " " + first(),
                        member("p_1") + " " + second(),
                        member("p_10") + " " + INTEGRATION);
        assertThat(rigs.get()
                        .<Map<EnrichmentState, Long>>read(
                                session -> session.enrichments().count(US)))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(EnrichmentState.FAILED, 2L, EnrichmentState.TO_REVIEW, 1L, EnrichmentState.PENDING, 1L));
    }

    @Test
    @Requirement("F4")
    void aDecisionComesBackAndKeepsWhatWasCounted() {
        StoredEnrichment on = decision(US, true);
        save(on);
        save(decision(THEM, false));
        assertThat(find(US)).contains(on);

        counted(US, new Baseline(50, OptionalLong.of(40)));
        save(decision(US, false));

        assertThat(find(US))
                .contains(new StoredEnrichment(
                        decision(US, false).setting(),
                        List.of("sealed-1", "sealed_2"),
                        Optional.of(new Baseline(50, OptionalLong.of(40)))));
        counted(US, new Baseline(60, OptionalLong.empty()));
        assertThat(find(US).orElseThrow().baseline()).contains(new Baseline(60, OptionalLong.empty()));
        assertThat(rigs.get()
                        .<StoredEnrichment>list(
                                session -> session.enrichmentSettings().list()))
                .extracting(stored -> stored.setting().basis().organization())
                .containsExactly(THEM, US);
        assertThat(find(OrganizationId.of("nobody"))).isEmpty();
    }

    @Test
    @Requirement("R17")
    void keysSealedAnewReplaceOnlyWhatNobodyHasChanged() {
        StoredEnrichment on = decision(US, true);
        save(on);

        assertThat(sealedAnew(on, List.of("other-1", "other_2"))).isTrue();

        assertThat(find(US).orElseThrow().sealedKeys()).containsExactly("other-1", "other_2");
        assertThat(find(US).orElseThrow().setting()).isEqualTo(on.setting());
        assertThat(sealedAnew(on, List.of("late"))).isFalse();
        assertThat(sealedAnew(decision(THEM, true), List.of("late"))).isFalse();
    }

    private boolean sealedAnew(StoredEnrichment before, List<String> keys) {
        return rigs.get().read(session -> session.enrichmentSettings().sealAnew(before, keys));
    }

    @Test
    void decisionsAreFoundByIntegration() {
        IntegrationId unknown = IntegrationId.of("unknown");
        rigs.get().write(session -> {
            session.settings().save(SettingsStoreContract.stored(INTEGRATION, US));
            session.settings().save(SettingsStoreContract.stored(OTHER, THEM));
        });
        save(decision(US, true));

        assertThat(decisionsOf(INTEGRATION, OTHER, unknown)).isEqualTo(Map.of(INTEGRATION, decision(US, true)));
        save(decision(THEM, false));
        assertThat(decisionsOf(INTEGRATION, OTHER))
                .isEqualTo(Map.of(INTEGRATION, decision(US, true), OTHER, decision(THEM, false)));
        assertThat(decisionsOf()).isEmpty();
    }

    private Map<IntegrationId, StoredEnrichment> decisionsOf(IntegrationId... integrations) {
        return rigs.get().read(session -> session.enrichmentSettings().of(List.of(integrations)));
    }

    @Test
    @Requirement("F4")
    void weeksAreCountedOneByOne() {
        LocalDate monday = LocalDate.of(2026, 11, 16);
        enriched(US, monday.plusWeeks(1), NOW.plusSeconds(9));
        enriched(US, monday, NOW.plusSeconds(5));
        enriched(US, monday, NOW);
        enriched(THEM, monday, NOW);

        assertThat(rigs.get()
                        .<EnrichedWeek>list(
                                session -> session.enrichmentSettings().weeks(US)))
                .containsExactly(
                        new EnrichedWeek(monday, 2, Optional.of(NOW.plusSeconds(5))),
                        new EnrichedWeek(monday.plusWeeks(1), 1, Optional.of(NOW.plusSeconds(9))));
    }

    private static IntegrationId first() {
        return INTEGRATION.value().compareTo(OTHER.value()) < 0 ? INTEGRATION : OTHER;
    }

    private static IntegrationId second() {
        return first().equals(INTEGRATION) ? OTHER : INTEGRATION;
    }

    private static EnrichmentTask task(String member, IntegrationId integration, EnrichmentState state, Instant at) {
        return new EnrichmentTask(
                member(member),
                integration,
                US,
                "vipps",
                state,
                new Contents(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Progress.due(at),
                0);
    }

    private static EnrichmentTask hashed(String member, IntegrationId integration, OrganizationId organization) {
        return new EnrichmentTask(
                member(member),
                integration,
                organization,
                "vipps",
                EnrichmentState.STORED,
                new Contents(
                        Optional.empty(), Optional.of("1:hash"), Optional.of("1:subject"), Optional.of(Kind.BIRTH)),
                Progress.due(NOW),
                0);
    }

    private static StoredEnrichment decision(OrganizationId organization, boolean on) {
        EnrichmentBasis basis = new EnrichmentBasis(organization, "purpose", "law", ZoneId.of("Europe/Oslo"));
        return new StoredEnrichment(
                new EnrichmentSetting(basis, on, NOW, "Kari", NOW.plusSeconds(on ? 0 : 60)),
                List.of("sealed-1", "sealed_2"),
                Optional.empty());
    }

    private void save(EnrichmentTask... tasks) {
        rigs.get().write(session -> session.enrichments().save(List.of(tasks)));
    }

    private void save(StoredEnrichment decision) {
        rigs.get().write(session -> session.enrichmentSettings().save(decision));
    }

    private void counted(OrganizationId organization, Baseline baseline) {
        rigs.get().write(session -> session.enrichmentSettings().counted(organization, baseline));
    }

    private void enriched(OrganizationId organization, LocalDate monday, Instant at) {
        rigs.get().write(session -> session.enrichmentSettings().enriched(organization, monday, at));
    }

    private void remove(EnrichmentTask task) {
        rigs.get().write(session -> session.enrichments().remove(List.of(task)));
    }

    private List<EnrichmentTask> load(String text) {
        return rigs.get().list(session -> session.enrichments().load(member(text)));
    }

    private Optional<StoredEnrichment> find(OrganizationId organization) {
        return rigs.get().found(session -> session.enrichmentSettings().find(organization));
    }

    private List<String> due(Instant now) {
        return due(EnrichmentState.PENDING, now);
    }

    private List<String> due(EnrichmentState state, Instant now) {
        return rigs.get()
                .read(session -> session.enrichments().due(INTEGRATION, state, now, 100).stream()
                        .map(task -> task.member().value())
                        .toList());
    }

    private Optional<Instant> since(OrganizationId organization) {
        return rigs.get().found(session -> session.enrichments().waitingSince(organization));
    }

    private Set<IntegrationId> waiting(Instant now) {
        return rigs.get().set(session -> session.enrichments().waiting(now));
    }
}
