package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditEntry.ValueChange;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.fault.StaleVersionException;
import io.membersync.fault.StorageException;
import io.membersync.matching.Candidate;
import io.membersync.matching.Match.Doubt;
import io.membersync.matching.MatchKey;
import io.membersync.matching.MatchOrder;
import io.membersync.matching.MatchQueue;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.plan.MemberChange;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.storage.Fence;
import io.membersync.storage.MemberStore;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.testkit.contract.Requirement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a record belongs to that is not linked: nobody is guessed, and nobody is created twice. */
@Requirement("B6")
class MatchingTest {

    private static final LocalDate BORN = LocalDate.of(1971, 2, 3);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void adoptsAllWhomTheHostHasAlready(Place place) {
        List<MemberState> people;
        try (Scene elsewhere =
                Scene.on(new MemoryHost()).members(160, 5).pageSize(40).start()) {
            elsewhere.full();
            people = elsewhere
                    .host()
                    .storage()
                    .inTransaction(session ->
                            session
                                    .members()
                                    .load(
                                            HostSide.ORGANIZATION,
                                            elsewhere.linked().values())
                                    .values()
                                    .stream()
                                    .map(member -> member.state())
                                    .toList());
        }
        try (Scene scene =
                Scene.on(place.open(folder)).members(160, 5).pageSize(40).start()) {
            people.forEach(state -> insert(scene, HostSide.ORGANIZATION, state));

            Run full = scene.full();

            assertThat(full.counts().created()).isZero();
            assertThat(scene.host().rows()).hasSize(160);
            Rows.assertSame("adopted", scene.activeRows(), RegistryRow.all(scene.registry()));
            assertThat(reviews(scene)).isEmpty();
            assertThat(audit(scene, AuditKind.MEMBER_LINKED)).hasSize(160);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MatchKey.class,
            names = {"MEMBER_NUMBER", "NAME_AND_BIRTH_DATE", "NAME_AND_EMAIL", "NAME_AND_PHONE"})
    void linksWhomOneStrongKeyNames(MatchKey key) {
        try (Scene scene = scene(new MemoryHost(), new MatchOrder(List.of(key)))) {
            MemberState state = person("Åse-Marie", "Brøgger", BORN, "ase@example.org", "91234567")
                    .with(MemberField.MEMBER_NUMBER, FieldValue.text("0042"));
            MemberId ase = insert(scene, HostSide.ORGANIZATION, state);
            scene.registry().create("""
                {"memberNumber": "0042",
                 "person": {"firstName": "ASE MARIE", "lastName": "Brogger", "birthDate": "1971-02-03"},
                 "contact": {"email": "Ase@Example.org", "mobile": "+4791234567"}}\
                """);

            scene.full();

            assertThat(scene.host().rows()).hasSize(1);
            assertThat(scene.linked().values()).containsExactly(ase);
            assertThat(audit(scene, AuditKind.MEMBER_LINKED))
                    .extracting(AuditEntry::summary)
                    .containsExactly("Linked to a registry record: found by "
                            + key.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void asksAboutASharedParentEmail(Place place) {
        try (Scene scene = scene(place.open(folder), MatchOrder.STANDARD)) {
            MemberId mother = insert(
                    scene, HostSide.ORGANIZATION, person("Kari", "Li", BORN, "familien.li@example.org", "91234567"));
            Map<MemberId, SortedMap<String, String>> before = scene.host().rows();
            scene.registry().create(record("Lise", "Li", "2012-05-06", "familien.li@example.org", "+4799999999"));

            Run full = scene.full();

            assertThat(full.counts().created()).isZero();
            assertThat(scene.host().rows()).isEqualTo(before);
            assertThat(scene.linked()).isEmpty();
            assertThat(reviews(scene)).singleElement().satisfies(review -> {
                assertThat(review.doubt()).isEqualTo(Doubt.WEAK_KEYS_ONLY);
                assertThat(review.candidates())
                        .containsExactly(new Candidate(mother, Set.of(MatchKey.EMAIL), Optional.empty()));
            });
            assertThat(scene.full().counts().created()).isZero();
            assertThat(audit(scene, AuditKind.MATCH_REVIEW)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void asksAboutTwoPeopleWithOneMobile(Place place) {
        try (Scene scene = scene(place.open(folder), MatchOrder.STANDARD)) {
            insert(scene, HostSide.ORGANIZATION, person("Kari", "Li", BORN, "kari@example.org", "91234567"));
            insert(scene, HostSide.ORGANIZATION, person("Per", "Li", BORN, "per@example.org", "91234567"));
            scene.registry().create(record("Lise", "Li", "2012-05-06", "lise@example.org", "+4791234567"));

            scene.full();

            assertThat(scene.linked()).isEmpty();
            assertThat(scene.host().rows()).hasSize(2);
            assertThat(reviews(scene)).singleElement().satisfies(review -> {
                assertThat(review.doubt()).isEqualTo(Doubt.WEAK_KEYS_ONLY);
                assertThat(review.candidates()).hasSize(2);
            });
        }
    }

    @Test
    void asksAboutNamesakesWithOneBirthDate() {
        try (Scene scene = scene(new MemoryHost(), MatchOrder.STANDARD)) {
            insert(scene, HostSide.ORGANIZATION, person("Kari", "Li", BORN, "one@example.org", "91234567"));
            insert(scene, HostSide.ORGANIZATION, person("Kari", "Li", BORN, "two@example.org", "91234568"));
            scene.registry().create(record("Kari", "Li", "1971-02-03", "three@example.org", "+4791234569"));

            scene.full();

            assertThat(scene.linked()).isEmpty();
            assertThat(reviews(scene)).extracting(MatchReview::doubt).containsExactly(Doubt.SEVERAL_MEMBERS);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void asksAboutAMemberNumberGivenToAnotherPerson(Place place) {
        try (Scene scene = scene(place.open(folder), MatchOrder.STANDARD)) {
            MemberState former = person("Kari", "Li", BORN, "kari@example.org", "91234567")
                    .with(MemberField.MEMBER_NUMBER, FieldValue.text("0042"));
            insert(scene, HostSide.ORGANIZATION, former);
            scene.registry().create("""
                {"memberNumber": "0042",
                 "person": {"firstName": "Ola", "lastName": "Nord", "birthDate": "1990-01-01"}}\
                """);

            scene.full();

            assertThat(scene.linked()).isEmpty();
            assertThat(scene.host().rows()).hasSize(1);
            assertThat(reviews(scene)).extracting(MatchReview::doubt).containsExactly(Doubt.CONTRADICTION);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void followsATemporaryIdThatIsReplacedByAPermanentOne(Place place) {
        try (Scene scene = scene(place.open(folder), MatchOrder.STANDARD)) {
            String temporary = scene.registry().create(numbered("0042", "Kari", "Li"));
            scene.full();
            MemberId kari = scene.member(temporary);
            scene.registry().delete(temporary, "REPLACED");
            String permanent = scene.registry().create(numbered("0042", "Kari", "Li"));

            scene.delta();

            assertThat(scene.linked()).containsExactly(Map.entry(permanent, kari));
            assertThat(scene.host().rows()).hasSize(1);
            assertThat(scene.row(permanent)).doesNotContainEntry("status", "TERMINATED");
            assertThat(reviews(scene)).isEmpty();
        }
    }

    @Test
    void leavesAMemberToTheRecordThatHasIt() {
        try (Scene scene = scene(new MemoryHost(), new MatchOrder(List.of(MatchKey.NAME_AND_BIRTH_DATE)))) {
            String first = scene.registry().create(unnumbered("Kari", "Li", "1971-02-03"));
            scene.full();
            String second = scene.registry().create(unnumbered("Kari", "Li", "1971-02-03"));

            scene.delta();

            assertThat(scene.linked()).containsOnlyKeys(first);
            assertThat(scene.host().rows()).hasSize(1);
            assertThat(review(scene, second)).satisfies(review -> {
                assertThat(review.doubt()).isEqualTo(Doubt.MEMBER_TAKEN);
                assertThat(review.candidates().get(0).takenBy()).contains(ExternalId.of(first));
            });

            scene.registry().delete(first, "DUPLICATE");
            scene.delta();
            scene.full();

            assertThat(scene.linked()).containsOnlyKeys(second);
            assertThat(scene.host().rows()).hasSize(1);
            assertThat(reviews(scene)).isEmpty();
        }
    }

    @Test
    void leavesTwoPeopleAloneWhomTheRegistryTellsApart() {
        try (Scene scene = scene(new MemoryHost(), MatchOrder.STANDARD)) {
            scene.registry().create(record("Kari", "Li", "1971-02-03", "li@example.org", "+4791234567"));
            scene.full();
            // Somebody whom the host has and the registry has not: from now on it is looked for.
            insert(scene, HostSide.ORGANIZATION, person("Eva", "Dal", BORN, "eva@example.org", "91111111"));
            scene.registry().create(record("Lise", "Li", "2012-05-06", "li@example.org", "+4791234567"));

            Run delta = scene.delta();

            assertThat(delta.counts().created()).isEqualTo(1);
            assertThat(reviews(scene)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void doesNotTakeALookUpThatThrowsForNobodyThere(Place place) {
        boolean[] broken = {true};
        HostSide host = place.open(folder);
        try (Scene scene = Scene.on(host)
                .members(0, 1)
                .through(storage -> searching(storage, broken))
                .start()) {
            insert(scene, HostSide.ORGANIZATION, person("Kari", "Li", BORN, "kari@example.org", "91234567"));
            scene.registry().create(record("Kari", "Li", "1971-02-03", "kari@example.org", "+4791234567"));

            Run failed = scene.engine().fullSync(Scene.INTEGRATION);

            assertThat(failed.state()).isEqualTo(RunState.FAILED);
            assertThat(host.rows()).hasSize(1);
            assertThat(scene.linked()).isEmpty();

            broken[0] = false;
            scene.full();

            assertThat(host.rows()).hasSize(1);
            assertThat(scene.linked()).hasSize(1);
        }
    }

    @Test
    void neverLooksAtAnotherOrganizationsMembers() {
        try (Scene scene = scene(new MemoryHost(), MatchOrder.STANDARD)) {
            insert(scene, OrganizationId.of("another"), person("Kari", "Li", BORN, "kari@example.org", "91234567"));
            insert(scene, HostSide.ORGANIZATION, person("Eva", "Dal", BORN, "eva@example.org", "91111111"));
            scene.registry().create(record("Kari", "Li", "1971-02-03", "kari@example.org", "+4791234567"));

            Run full = scene.full();

            assertThat(full.counts().created()).isEqualTo(1);
            assertThat(reviews(scene)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void createsOrLinksAsAPersonDecides(Place place) {
        try (Scene scene = scene(place.open(folder), MatchOrder.STANDARD)) {
            MemberId mother =
                    insert(scene, HostSide.ORGANIZATION, person("Kari", "Li", BORN, "li@example.org", "91234567"));
            String child = scene.registry().create(record("Lise", "Li", "2012-05-06", "li@example.org", "+4790000001"));
            String married = scene.registry().create(record("Kari", "Dal", null, "li@example.org", "+4791234567"));
            scene.full();
            assertThat(reviews(scene)).hasSize(2);

            matches(scene).create(Scene.INTEGRATION, List.of(review(scene, child)), "A child");
            matches(scene).link(review(scene, married), mother, "Has married");
            Run retried = scene.retry();

            assertThat(retried.counts().created()).isEqualTo(1);
            assertThat(scene.linked()).containsEntry(married, mother).hasSize(2);
            assertThat(scene.host().rows()).hasSize(2);
            assertThat(reviews(scene)).isEmpty();
            assertThat(audit(scene, AuditKind.MATCH_REVIEW))
                    .flatExtracting(AuditEntry::changes)
                    .contains(
                            new ValueChange("reason", "", "A child", ""),
                            new ValueChange("reason", "", "Has married", ""));
            assertThat(scene.full().counts().updated()).isZero();
        }
    }

    @Test
    void refusesADecisionOnWhatHasChangedSince() {
        try (Scene scene = scene(new MemoryHost(), MatchOrder.STANDARD)) {
            MemberId kari =
                    insert(scene, HostSide.ORGANIZATION, person("Kari", "Li", BORN, "li@example.org", "91234567"));
            String child = scene.registry().create(record("Lise", "Li", "2012-05-06", "li@example.org", "+4790000001"));
            scene.full();
            MatchReview seen = review(scene, child);
            matches(scene).create(Scene.INTEGRATION, List.of(seen), "seen");

            assertThatThrownBy(() -> matches(scene).link(seen, kari, "seen")).isInstanceOf(StaleVersionException.class);
            assertThatThrownBy(() -> matches(scene).link(review(scene, child), MemberId.of("nobody"), "seen"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nobody");

            scene.delta();
            assertThat(scene.host().rows()).hasSize(2);
        }
    }

    @Test
    void splitsWhatWasLinkedToTheWrongMember() {
        try (Scene scene = scene(new MemoryHost(), MatchOrder.STANDARD)) {
            MemberId host =
                    insert(scene, HostSide.ORGANIZATION, person("Kari", "Li", BORN, "kari@example.org", "91234567"));
            String record =
                    scene.registry().create(record("Kari", "Li", "1971-02-03", "kari@example.org", "+4791234567"));
            scene.full();
            assertThat(scene.member(record)).isEqualTo(host);

            matches(scene).split(Scene.INTEGRATION, ExternalId.of(record), "A namesake");
            scene.full();

            assertThat(scene.member(record)).isNotEqualTo(host);
            assertThat(scene.host().rows()).hasSize(2);
            assertThat(scene.full().counts().created()).isZero();
        }
    }

    @Test
    void movesARecordOverToTheMemberWhoIsTheSamePerson() {
        try (Scene scene = scene(new MemoryHost(), MatchOrder.EXTERNAL_ID_ONLY)) {
            MemberId host =
                    insert(scene, HostSide.ORGANIZATION, person("Kari", "Li", BORN, "kari@example.org", "91234567"));
            String record =
                    scene.registry().create(record("Kari", "Li", "1971-02-03", "kari@example.org", "+4791234567"));
            String other =
                    scene.registry().create(record("Ola", "Nord", "1981-02-03", "ola@example.org", "+4791234568"));
            scene.full();
            assertThat(scene.host().rows()).hasSize(3);

            matches(scene).merge(Scene.INTEGRATION, ExternalId.of(record), host, "Signed up before");
            scene.delta();

            assertThat(scene.member(record)).isEqualTo(host);
            assertThat(scene.host().rows()).hasSize(3);
            assertThatThrownBy(() -> matches(scene)
                            .merge(Scene.INTEGRATION, ExternalId.of(other), host, "Two records of one person"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(record);
        }
    }

    static Scene scene(HostSide host, MatchOrder order) {
        return Scene.on(host)
                .members(0, 1)
                .draft(draft -> draft.matchOrder(order))
                .start();
    }

    static MemberId insert(Scene scene, OrganizationId organization, MemberState state) {
        return scene.host().storage().inTransaction(session -> {
            MemberId member = session.members().newIds(1).get(0);
            session.members()
                    .apply(organization, List.of(new MemberChange.Create(member, ExternalId.of("host"), state)));
            return member;
        });
    }

    static MemberState person(String first, String last, LocalDate born, String email, String mobile) {
        return MemberState.builder()
                .put(MemberField.FIRST_NAME, FieldValue.text(first))
                .put(MemberField.LAST_NAME, FieldValue.text(last))
                .put(MemberField.BIRTH_DATE, FieldValue.day(born))
                .put(MemberField.EMAIL, FieldValue.text(email))
                .put(MemberField.MOBILE, FieldValue.text(mobile))
                .build();
    }

    static String record(String first, String last, @Nullable String born, String email, String mobile) {
        String birthDate = born == null ? "" : ", \"birthDate\": \"" + born + "\"";
        return "{\"person\": {\"firstName\": \"" + first + "\", \"lastName\": \"" + last + "\"" + birthDate
                + "}, \"contact\": {\"email\": \"" + email + "\", \"mobile\": \"" + mobile + "\"}}";
    }

    static String numbered(String number, String first, String last) {
        return "{\"memberNumber\": \"" + number + "\", \"person\": {\"firstName\": \"" + first + "\", \"lastName\": \""
                + last + "\"}}";
    }

    static String unnumbered(String first, String last, String born) {
        return "{\"memberNumber\": null, \"person\": {\"firstName\": \"" + first + "\", \"lastName\": \"" + last
                + "\", \"birthDate\": \"" + born + "\"}}";
    }

    static MatchQueue matches(Scene scene) {
        return scene.engine().host().matches();
    }

    static List<MatchReview> reviews(Scene scene) {
        return matches(scene).list(Scene.INTEGRATION, Optional.empty(), 1_000).items();
    }

    static MatchReview review(Scene scene, String record) {
        return reviews(scene).stream()
                .filter(review -> review.externalId().value().equals(record))
                .findFirst()
                .orElseThrow();
    }

    static List<AuditEntry> audit(Scene scene, AuditKind kind) {
        AuditQuery query = AuditQuery.of(HostSide.ORGANIZATION).only(kind).atMost(1_000);
        return scene.engine().host().audit().find(query).items();
    }

    /** A storage in which nobody can be looked for while it is broken. */
    private static Storage searching(Storage storage, boolean[] broken) {
        return new Storage() {
            @Override
            public <T> T inTransaction(Function<Session, T> work) {
                return storage.inTransaction(session -> work.apply(wrap(Session.class, session)));
            }

            @Override
            public <T> T inTransaction(Fence fence, Function<Session, T> work) {
                return storage.inTransaction(fence, session -> work.apply(wrap(Session.class, session)));
            }

            private <T> T wrap(Class<T> type, T inner) {
                return type.cast(Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                            if (broken[0] && method.getName().equals("findBy")) {
                                throw new StorageException("The search is broken", false, null);
                            }
                            try {
                                Object answer = method.invoke(inner, args);
                                return method.getName().equals("members")
                                        ? wrap(MemberStore.class, (MemberStore) answer)
                                        : answer;
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        }));
            }
        };
    }
}
