package io.membersync.enginetests;

import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.storage.AppMember;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A host whose members are in memory. */
final class MemoryHost implements HostSide {

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final InMemoryStorage storage = new InMemoryStorage();

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Map<MemberId, SortedMap<String, String>> rows() {
        Map<MemberId, AppMember> members =
                storage.inTransaction(session -> session.members().load(ORGANIZATION, storage.memberIds(ORGANIZATION)));
        Map<MemberId, SortedMap<String, String>> rows = new HashMap<>();
        members.forEach((id, member) -> rows.put(id, row(member.state())));
        return rows;
    }

    private static SortedMap<String, String> row(MemberState state) {
        SortedMap<String, String> row = new TreeMap<>();
        for (MemberField field : state.fields()) {
            String text = text(state.value(field));
            if (!text.isEmpty()) {
                row.put(field.key(), text);
            }
        }
        return row;
    }

    static String text(FieldValue value) {
        if (value instanceof FieldValue.Codes codes) {
            return String.join(",", codes.codes());
        } else if (value instanceof FieldValue.Affiliations units) {
            return units.units().stream().map(MemoryHost::text).sorted().collect(Collectors.joining(","));
        }
        return value.display();
    }

    private static String text(Affiliation unit) {
        return unit.home() ? unit.unit() + "*" : unit.unit();
    }

    @Override
    public void edit(MemberId member, Map<MemberField, FieldValue> values) {
        MemberState.Builder state = MemberState.builder();
        values.forEach(state::put);
        storage.edit(member, ORGANIZATION, state.build());
    }

    @Override
    public void inTransaction(boolean commit, Runnable work) {
        try {
            storage.inTransaction(session -> {
                work.run();
                if (!commit) {
                    throw new Undone();
                }
                return true;
            });
        } catch (Undone rolledBack) {
            // As wished.
        }
    }
}
