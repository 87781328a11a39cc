package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.Rule;
import io.membersync.model.MemberField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All members of the host under the rules. Of an edit that falls into a run nobody can say beforehand whether the run
 * sees it, so a member may have come to several things until a look at the host tells which one it was.
 */
final class HostModel {

    /**
     * The host sets fields of a member.
     *
     * @param id the member, by the registry's id
     * @param values the values, by field; an empty one is none
     */
    record Edit(String id, Map<MemberField, String> values) {

        @Override
        public String toString() {
            return "sets " + id + " " + values;
        }
    }

    private final Function<MemberField, Rule> rules;
    private final Map<String, Set<MemberModel>> members = new TreeMap<>();

    HostModel(Function<MemberField, Rule> rules) {
        this.rules = rules;
    }

    /** {@return the ids of all members that the host has, in order} */
    List<String> ids() {
        return List.copyOf(members.keySet());
    }

    /** {@return the ids of those that are not terminated, in order} */
    List<String> living() {
        return members.keySet().stream()
                .filter(id -> members.getOrDefault(id, Set.of()).stream().noneMatch(MemberModel::ended))
                .toList();
    }

    /** The host edits a member while no run works. */
    void edited(Edit edit) {
        members.computeIfPresent(
                edit.id(),
                (id, before) -> before.stream()
                        .map(member -> member.edited(edit.values()))
                        .collect(Collectors.toSet()));
    }

    /**
     * A run passes.
     *
     * @param registry all that the registry has
     * @param told true when a feed tells of deletions and merges, false when they are missed in a listing
     * @param meanwhile what the host edited while the run worked
     */
    void run(Map<String, SortedMap<String, String>> registry, boolean told, List<Edit> meanwhile) {
        members.replaceAll((id, before) -> {
            Optional<SortedMap<String, String>> row = Optional.ofNullable(registry.get(id));
            Optional<Edit> edit =
                    meanwhile.stream().filter(made -> made.id().equals(id)).findAny();
            return before.stream()
                    .flatMap(member -> edit.isEmpty()
                            ? Stream.of(member.afterRun(row, told))
                            : outcomes(member, row, told, edit.get().values()))
                    .collect(Collectors.toSet());
        });
        registry.forEach((id, row) -> members.computeIfAbsent(id, fresh -> Set.of(MemberModel.created(rules, row))));
    }

    private static Stream<MemberModel> outcomes(
            MemberModel member,
            Optional<SortedMap<String, String>> row,
            boolean told,
            Map<MemberField, String> values) {
        MemberModel seen = member.edited(values).afterRun(row, told);
        MemberModel unseen = member.afterRun(row, told).edited(values);
        // A run looks at edits once more at its end, and asks the registry about a member that moved under its hands.
        MemberModel seenLate = unseen.afterRun(row, told);
        MemberModel asked = member.edited(values).afterRun(row, true);
        return Stream.of(seen, unseen, seenLate, asked);
    }

    /**
     * Compares with what the host has.
     *
     * @param when when, for people
     * @param seen what is to be seen of each member, as {@link MemberModel#seen()} has it
     */
    void check(String when, Map<String, SortedMap<String, String>> seen) {
        assertThat(seen.keySet()).as(when).isEqualTo(members.keySet());
        members.replaceAll((id, possible) -> {
            Set<MemberModel> fitting = possible.stream()
                    .filter(member -> member.seen().equals(seen.get(id)))
                    .collect(Collectors.toSet());
            assertThat(fitting)
                    .as("%s, %s", when, differences(id, seen.getOrDefault(id, new TreeMap<>()), possible))
                    .isNotEmpty();
            return fitting;
        });
    }

    private static String differences(String id, SortedMap<String, String> is, Set<MemberModel> possible) {
        return possible.stream()
                .map(member -> Rows.differences(Map.of(id, is), Map.of(id, member.seen()))
                        .toString())
                .collect(Collectors.joining(", or "));
    }
}
