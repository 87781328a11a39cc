package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.StaleVersionException;
import io.membersync.http.RateLimit;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.mapping.Transform;
import io.membersync.matching.MatchKey;
import io.membersync.matching.MatchOrder;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldCategory;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.LeaverPolicy;
import io.membersync.plan.MassChangeLimits;
import io.membersync.plan.Safeguards;
import io.membersync.run.RunId;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.setup.Integration;
import io.membersync.setup.SecretMask;
import io.membersync.setup.Timetable;
import io.membersync.storage.InForce;
import io.membersync.storage.Session;
import io.membersync.storage.StoredIntegration;
import io.membersync.storage.SyncPosition;
import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What stored integrations promise. */
@Requirement({"D1", "D4"})
abstract class SettingsStoreContract {

    private static final MemberField OWN =
            MemberField.of("shoeSize", FieldCategory.ACTIVITY, MemberField.Kind.CODES, MemberField.Owner.MEMBERSHIP);

    private final Supplier<StorageRig> rigs;

    SettingsStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    /** An integration that uses everything there is to set. */
    static StoredIntegration stored(IntegrationId integration, OrganizationId organization) {
        return new StoredIntegration(
                new Integration(
                        integration,
                        organization,
                        "cornerstone",
                        URI.create("https://registry.example.org/api/v2/"),
                        Map.of("room", "Ås «north»\n😀", "empty", ""),
                        mapping(),
                        Scope.EVERYBODY.only(OWN, "46", "47 ").only(MemberField.STATUS, "ACTIVE"),
                        new MatchOrder(List.of(MatchKey.PHONE, MatchKey.MEMBER_NUMBER)),
                        new Safeguards(
                                LeaverPolicy.FLAG,
                                MassChangeLimits.NONE.with(ChangeKind.REMOVE, new MassChangeLimits.Limit(7, 3)),
                                Duration.ofHours(30),
                                Duration.ofDays(40)),
                        new RateLimit(90, Duration.ofMillis(60_500)),
                        SecretMask.set(NOW, "Åse «Kari»"),
                        new Timetable(
                                SyncSchedule.everyMinutes(7)
                                        .and(SyncSchedule.nightly(
                                                LocalTime.of(23, 30),
                                                LocalTime.of(1, 59, 59),
                                                ZoneId.of("Australia/Lord_Howe"))),
                                NOW,
                                false,
                                Optional.of(NOW))),
                "v1.k7.c2VhbGVk/+==".repeat(100),
                Optional.of("v1.k7.d2ViaG9va3M="),
                Optional.of(new InForce(
                        mapping(), Scope.EVERYBODY.only(OWN, "47"), new MatchOrder(List.of(MatchKey.PHONE)), 12)));
    }

    private static MappingSet mapping() {
        return MappingSet.of(
                Mapping.inbound(MemberField.FIRST_NAME, "name.first")
                        .then(new Transform.Trim())
                        .needed(),
                Mapping.inbound(MemberField.BIRTH_DATE, "born").then(new Transform.DateForm("dd.MM.uuuu")),
                Mapping.inbound(MemberField.STATUS, "status")
                        .then(new Transform.Trim())
                        .then(new Transform.CodeList(Map.of("A", "ACTIVE", "«x»", "RESIGNED", "", "LAPSED"))),
                Mapping.inbound(MemberField.ROLES, "roles[]")
                        .then(new Transform.JoinParts(List.of("code", "unitId"), "@")),
                Mapping.inbound(MemberField.AFFILIATIONS, "homeUnit", "roles[].unitId"),
                Mapping.inbound(MemberField.EMAIL, "contact.email").going(Direction.BOTH),
                Mapping.inbound(OWN, "extra.shoe_size[]").going(Direction.OUTBOUND));
    }

    @Test
    void anIntegrationComesBackAsItWentIn() {
        StoredIntegration stored = stored(INTEGRATION, NORTH);
        save(stored);

        StoredIntegration found =
                rigs.get().read(session -> session.settings().find(INTEGRATION)).orElseThrow();

        assertThat(found).isEqualTo(stored);
        assertThat(found.integration().mapping().fingerprint())
                .isEqualTo(stored.integration().mapping().fingerprint());
    }

    @Test
    @Requirement("R17")
    void whatIsSealedAnewReplacesOnlyWhatNobodyHasChanged() {
        StoredIntegration stored = stored(INTEGRATION, NORTH);
        save(stored);

        assertThat(sealedAnew(stored, "other", Optional.empty())).isTrue();

        StoredIntegration found =
                rigs.get().read(session -> session.settings().find(INTEGRATION)).orElseThrow();
        assertThat(found)
                .isEqualTo(new StoredIntegration(stored.integration(), "other", Optional.empty(), stored.inForce()));
        assertThat(sealedAnew(stored, "late", Optional.of("late"))).isFalse();
        assertThat(sealedAnew(found, "other", Optional.of("webhooks"))).isTrue();
        assertThat(sealedAnew(found, "late", Optional.empty())).isFalse();
        assertThat(sealedAnew(stored(OTHER, NORTH), "late", Optional.empty())).isFalse();
    }

    private boolean sealedAnew(StoredIntegration before, String credentials, Optional<String> webhookSecrets) {
        return rigs.get().read(session -> session.settings().sealAnew(before, credentials, webhookSecrets));
    }

    @Test
    @Requirement("R23")
    void versionsAreListedNewestFirstAndStay() {
        for (int number = 1; number <= 11; number++) {
            addVersion(version(number, NORTH));
        }
        rigs.get().write(session -> session.settings().remove(INTEGRATION));

        assertThat(rigs.get()
                        .<ConfigurationVersion>slices(cursor ->
                                rigs.get().read(session -> session.settings().versions(INTEGRATION, cursor, 4))))
                .flatExtracting(slice -> slice.items())
                .extracting(ConfigurationVersion::number)
                .containsExactly(11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(rigs.get()
                        .read(session -> session.settings().versions(INTEGRATION, Optional.empty(), 1))
                        .items())
                .containsExactly(version(11, NORTH));
        assertThatThrownBy(() -> addVersion(version(11, SOUTH))).isInstanceOf(StaleVersionException.class);
        assertThat(rigs.get()
                        .read(session -> session.settings().versions(OTHER, Optional.empty(), 1))
                        .items())
                .isEmpty();
    }

    @Test
    @Requirement("R19")
    void whatAnOrganizationEverSetUpIsKnownWhenItIsRemoved() {
        addVersion(version(1, NORTH));
        addVersion(version(2, NORTH));
        rigs.get().write(session -> session.settings().remove(INTEGRATION));

        assertThat(rigs.get().list(session -> session.settings().everSetUp(NORTH)))
                .containsExactly(INTEGRATION);
        assertThat(rigs.get().list(session -> session.settings().everSetUp(SOUTH)))
                .isEmpty();
    }

    private void addVersion(ConfigurationVersion version) {
        rigs.get().write(session -> session.settings().addVersion(version));
    }

    private static ConfigurationVersion version(long number, OrganizationId organization) {
        return new ConfigurationVersion(
                number, stored(INTEGRATION, organization).integration(), "Kari", NOW.plusSeconds(number));
    }

    @Test
    void aFieldOfTheHostsOwnComesBackWithEverythingThatMakesIt() {
        save(stored(INTEGRATION, NORTH));

        MemberField field = rigs
                .get()
                .read(session -> session.settings().find(INTEGRATION))
                .orElseThrow()
                .integration()
                .mapping()
                .mappings()
                .stream()
                .map(Mapping::field)
                .filter(OWN::equals)
                .findFirst()
                .orElseThrow();

        assertThat(List.of(field.category(), field.kind(), field.owner()))
                .isEqualTo(List.of(OWN.category(), OWN.kind(), OWN.owner()));
    }

    @Test
    void whatIsInForceIsStoredByItself() {
        save(stored(INTEGRATION, NORTH));
        InForce other = new InForce(
                MappingSet.of(Mapping.inbound(MemberField.LAST_NAME, "n")), Scope.EVERYBODY, MatchOrder.STANDARD, 0);

        rigs.get().write(session -> session.settings().putInForce(INTEGRATION, other));
        rigs.get().write(session -> session.settings().putInForce(IntegrationId.of("nobody"), other));

        StoredIntegration before = stored(INTEGRATION, NORTH);
        assertThat(rigs.get().found(session -> session.settings().find(INTEGRATION)))
                .contains(new StoredIntegration(
                        before.integration(),
                        before.sealedCredentials(),
                        before.sealedWebhookSecrets(),
                        Optional.of(other)));
    }

    @Test
    void anIntegrationReplacesTheOneOfItsId() {
        save(stored(INTEGRATION, NORTH));
        StoredIntegration plain = new StoredIntegration(
                new Integration(
                        INTEGRATION,
                        SOUTH,
                        "consio",
                        URI.create("http://localhost:8080"),
                        Map.of(),
                        MappingSet.of(Mapping.inbound(MemberField.LAST_NAME, "n")),
                        Scope.EVERYBODY,
                        MatchOrder.EXTERNAL_ID_ONLY,
                        Safeguards.STANDARD,
                        RateLimit.UNLIMITED,
                        SecretMask.NONE,
                        new Timetable(
                                SyncSchedule.nightly(LocalTime.MIDNIGHT, LocalTime.of(5, 0), ZoneId.of("Europe/Oslo")),
                                NOW,
                                true,
                                Optional.empty())),
                "",
                Optional.empty(),
                Optional.empty());

        save(plain);

        assertThat(rigs.get().found(session -> session.settings().find(INTEGRATION)))
                .contains(plain);
        assertThat(rigs.get().list(session -> session.settings().list())).containsExactly(plain);
    }

    @Test
    void anIntegrationThatIsNotThereIsNotFound() {
        save(stored(INTEGRATION, NORTH));

        assertThat(rigs.get().found(session -> session.settings().find(OTHER))).isEmpty();
    }

    @Test
    void integrationsAreListedById() {
        save(stored(IntegrationId.of("c"), NORTH));
        save(stored(IntegrationId.of("a"), SOUTH));
        save(stored(IntegrationId.of("b"), NORTH));

        assertThat(rigs.get().list(session -> session.settings().list()))
                .extracting(stored -> stored.integration().id().value())
                .containsExactly("a", "b", "c");
    }

    @Test
    @Requirement("D6")
    void aRemovedIntegrationLeavesItsHistoryAlone() {
        MemberId member = StorageSamples.member("kari");
        for (IntegrationId integration : List.of(INTEGRATION, OTHER)) {
            rigs.get().write(session -> fill(session, integration, member));
        }

        rigs.get().write(session -> session.settings().remove(INTEGRATION));
        rigs.get().write(session -> session.settings().remove(INTEGRATION));

        assertThat(waiting(INTEGRATION)).containsOnly(0);
        assertThat(rigs.get().<SyncPosition>read(session -> session.runs().position(INTEGRATION)))
                .isEqualTo(SyncPosition.NONE);
        assertThat(waiting(OTHER)).containsOnly(1);
        rigs.get().write(session -> {
            assertThat(session.runs().list(INTEGRATION, Optional.empty(), 10).items())
                    .hasSize(1);
            assertThat(session.conflicts().load(INTEGRATION, List.of(member))).hasSize(1);
            // The member is free for a link of the same integration, should it come again.
            session.links().save(INTEGRATION, List.of(StorageSamples.link("m_2", member)));
        });
    }

    private static void fill(Session session, IntegrationId integration, MemberId member) {
        ExternalId id = StorageSamples.id("m_1");
        session.settings().save(stored(integration, NORTH));
        session.links().save(integration, List.of(StorageSamples.link("m_1", member)));
        session.edits().mark(List.of(member), NOW);
        session.runs().add(StorageSamples.run(integration.value(), integration, NOW));
        session.runs().savePosition(integration, AtomicCommitContract.SYNCED);
        session.conflicts()
                .save(List.of(StorageSamples.conflict(integration, member, MemberField.EMAIL, "a@example.test")));
        session.quarantine().save(integration, List.of(StorageSamples.bad("m_1")));
        session.quarantine().reread(integration, List.of(id));
        session.absences().add(integration, new RunId(integration.value()), List.of(id));
        session.inbox().add(integration, "one", NOW);
    }

    private List<Integer> waiting(IntegrationId integration) {
        ExternalId id = StorageSamples.id("m_1");
        return rigs.get()
                .read(session -> List.of(
                        session.settings().find(integration).isPresent() ? 1 : 0,
                        session.links().load(integration, List.of(id)).size(),
                        session.links()
                                .recordsOf(integration, List.of(StorageSamples.member("kari")))
                                .size(),
                        session.edits()
                                .pending(integration, Optional.empty(), 10)
                                .size(),
                        session.quarantine().load(integration, List.of("m_1")).size(),
                        session.quarantine().toReread(integration, 10).size(),
                        session.absences()
                                .list(integration, new RunId(integration.value()), Optional.empty(), 10)
                                .items()
                                .size(),
                        session.inbox().untaken(integration) ? 1 : 0));
    }

    private void save(StoredIntegration stored) {
        rigs.get().write(session -> session.settings().save(stored));
    }
}
