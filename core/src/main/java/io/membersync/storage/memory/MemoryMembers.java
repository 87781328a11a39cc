package io.membersync.storage.memory;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.MemberStatus;
import io.membersync.model.OrganizationId;
import io.membersync.plan.FieldChange;
import io.membersync.plan.MemberChange;
import io.membersync.storage.AppMember;
import io.membersync.storage.MemberStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Members: what belongs to the person once, what belongs to a membership once for each organization. */
final class MemoryMembers implements MemberStore {

    private final MemorySession session;

    MemoryMembers(MemorySession session) {
        this.session = session;
    }

    @Override
    public Set<MemberField> fields() {
        return Set.copyOf(session.tables().fields);
    }

    @Override
    public List<MemberId> newIds(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one id is to be made");
        }
        Tables tables = session.tables();
        // Nineteen digits hold every number there is, so the ids rise as text too.
        return Stream.generate(() -> MemberId.of(String.format(Locale.ROOT, "member-%019d", tables.nextNumber())))
                .limit(count)
                .toList();
    }

    @Override
    public Map<MemberId, AppMember> load(OrganizationId organization, Collection<MemberId> members) {
        Tables tables = session.tables();
        Map<MemberId, AppMember> found = new LinkedHashMap<>();
        for (MemberId member : members) {
            tables.persons
                    .find(Tables.ALL, member.value())
                    .ifPresent(person -> found.put(member, seen(organization, member, person)));
        }
        return found;
    }

    @Override
    public Set<OrganizationId> organizations(Collection<MemberId> members, Collection<OrganizationId> asked) {
        Set<OrganizationId> found = new HashSet<>();
        session.tables().memberships.all().keySet().stream()
                .filter(key -> members.contains(MemberId.of(key.id())))
                .forEach(key -> found.add(OrganizationId.of(key.owner())));
        return found;
    }

    @Override
    public List<AppMember> findBy(OrganizationId organization, MemberField field, Collection<FieldValue> values) {
        Set<String> wanted =
                values.stream().map(value -> LookedUp.form(field, value)).collect(Collectors.toSet());
        Tables tables = session.tables();
        return tables.memberships.of(organization.value()).keySet().stream()
                .map(key -> MemberId.of(key.id()))
                .flatMap(member -> person(member).stream().map(person -> seen(organization, member, person)))
                .filter(member ->
                        wanted.contains(LookedUp.form(field, member.state().value(field))))
                .toList();
    }

    @Override
    public long count(OrganizationId organization) {
        return session.tables().memberships.count(organization.value());
    }

    @Override
    public Set<MemberId> apply(OrganizationId organization, List<MemberChange> changes) {
        Set<MemberId> moved = new LinkedHashSet<>();
        for (MemberChange change : changes) {
            if (!applied(organization, change)) {
                moved.add(change.member());
            }
        }
        return moved;
    }

    @Override
    public int erase(OrganizationId organization, Collection<MemberId> members) {
        Tables tables = session.tables();
        int erased = 0;
        for (MemberId member : members) {
            if (tables.memberships.has(organization.value(), member.value())) {
                tables.memberships.remove(organization.value(), member.value());
                tables.merged.remove(organization.value(), member.value());
                tables.merged.removeIf(organization.value(), member::equals);
                erased++;
                boolean elsewhere = tables.memberships.all().keySet().stream()
                        .anyMatch(key -> key.id().equals(member.value()));
                if (!elsewhere) {
                    tables.persons.remove(Tables.ALL, member.value());
                }
            }
        }
        return erased;
    }

    /** Changes a member whatever its version, as the host's own edit. */
    void edit(OrganizationId organization, MemberId member, MemberState changes) {
        Tables.Person person =
                person(member).orElseThrow(() -> new IllegalArgumentException("There is no member '" + member + "'"));
        write(organization, member, person, changes);
    }

    private boolean applied(OrganizationId organization, MemberChange change) {
        if (change instanceof MemberChange.Create create) {
            create(organization, create);
            return true;
        } else if (change instanceof MemberChange.Update update) {
            return applied(organization, update.member(), update.seenVersion(), after(update));
        }
        MemberChange.Terminate end = (MemberChange.Terminate) change;
        MemberState status = MemberState.empty().with(MemberField.STATUS, MemberStatus.TERMINATED.value());
        boolean applied = applied(organization, end.member(), end.seenVersion(), status);
        if (applied) {
            end.mergedInto()
                    .ifPresent(into -> session.tables()
                            .merged
                            .put(organization.value(), end.member().value(), into));
        }
        return applied;
    }

    private void create(OrganizationId organization, MemberChange.Create create) {
        if (person(create.member()).isPresent()) {
            throw new IllegalArgumentException(
                    "The member '" + create.member() + "' exists already; new members need ids from newIds");
        }
        write(organization, create.member(), new Tables.Person(0, MemberState.empty()), create.state());
    }

    private boolean applied(OrganizationId organization, MemberId member, long seenVersion, MemberState changes) {
        Optional<Tables.Person> person = person(member).filter(p -> p.version() == seenVersion);
        person.ifPresent(p -> write(organization, member, p, changes));
        return person.isPresent();
    }

    private static MemberState after(MemberChange.Update update) {
        MemberState.Builder after = MemberState.builder();
        for (FieldChange change : update.changes()) {
            after.put(change.field(), change.after());
        }
        return after.build();
    }

    private void write(OrganizationId organization, MemberId member, Tables.Person person, MemberState changes) {
        Tables tables = session.tables();
        tables.persons.put(
                Tables.ALL,
                member.value(),
                new Tables.Person(
                        person.version() + 1,
                        person.state().overlaidWith(kept(tables, MemberField.Owner.PERSON, changes))));
        tables.memberships.put(
                organization.value(),
                member.value(),
                membership(organization, member).overlaidWith(kept(tables, MemberField.Owner.MEMBERSHIP, changes)));
    }

    private static MemberState kept(Tables tables, MemberField.Owner owner, MemberState changes) {
        MemberState.Builder kept = MemberState.builder();
        tables.fields.stream()
                .filter(field -> field.owner() == owner)
                .forEach(field -> changes.find(field).ifPresent(value -> kept.put(field, value)));
        return kept.build();
    }

    private AppMember seen(OrganizationId organization, MemberId member, Tables.Person person) {
        MemberState membership = membership(organization, member);
        MemberState.Builder state = MemberState.builder();
        for (MemberField field : session.tables().fields) {
            MemberState side = field.owner() == MemberField.Owner.PERSON ? person.state() : membership;
            state.put(field, side.value(field));
        }
        return new AppMember(member, person.version(), state.build());
    }

    private Optional<Tables.Person> person(MemberId member) {
        return session.tables().persons.find(Tables.ALL, member.value());
    }

    private MemberState membership(OrganizationId organization, MemberId member) {
        return session.tables()
                .memberships
                .find(organization.value(), member.value())
                .orElse(MemberState.empty());
    }
}
