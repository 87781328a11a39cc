package io.membersync.enginetests;

import io.membersync.conflict.Rule;
import io.membersync.model.MemberField;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One member under the rules: its fields, each by itself, and its end.
 *
 * @param fields the fields
 * @param ended whether it was terminated
 */
record MemberModel(Map<MemberField, FieldModel> fields, boolean ended) {

    /** A member that was just created from a row of the registry. */
    static MemberModel created(Function<MemberField, Rule> rules, Map<String, String> row) {
        Map<MemberField, FieldModel> fields = new TreeMap<>();
        for (MemberField field : MemberField.standard()) {
            fields.put(field, FieldModel.created(field, rules.apply(field), row.getOrDefault(field.key(), "")));
        }
        return new MemberModel(fields, false);
    }

    /** The member after the host has set fields. */
    MemberModel edited(Map<MemberField, String> values) {
        return with(field -> Optional.ofNullable(values.get(field.field()))
                .map(field::edited)
                .orElse(field));
    }

    /**
     * The member after a run.
     *
     * @param row what the registry has of it; empty when it has nothing any more
     * @param told true when a feed tells of deletions and merges, false when they are missed in a listing
     */
    MemberModel afterRun(Optional<? extends Map<String, String>> row, boolean told) {
        if (ended) {
            return this;
        } else if (row.isEmpty()) {
            // A listing's end tells it: what was edited has been looked at by then.
            return (told ? this : with(field -> withheld(field, isProtected()) ? field : field.decided()))
                    .edited(Map.of(MemberField.STATUS, "TERMINATED"))
                    .with(FieldModel::closed)
                    .end();
        }
        SortedMap<String, String> said = new TreeMap<>(row.get());
        boolean guarded = "true".equals(said.get(MemberField.PROTECTED_ADDRESS.key()));
        boolean news = guarded && !isProtected();
        return with(field -> withheld(field, guarded)
                ? field.withheld(news)
                : field.read(said.getOrDefault(field.field().key(), "")).decided());
    }

    private boolean isProtected() {
        FieldModel mark = fields.get(MemberField.PROTECTED_ADDRESS);
        return mark != null && mark.registry().equals("true");
    }

    private static boolean withheld(FieldModel field, boolean guarded) {
        return guarded && RegistryRow.WITHHELD.contains(field.field().key());
    }

    private MemberModel end() {
        return new MemberModel(fields, true);
    }

    private MemberModel with(UnaryOperator<FieldModel> change) {
        Map<MemberField, FieldModel> changed = new TreeMap<>(fields);
        changed.replaceAll((name, field) -> change.apply(field));
        return new MemberModel(changed, ended);
    }

    /** {@return what is to be seen of it: the host's filled fields, and open questions by {@link #openKey}} */
    SortedMap<String, String> seen() {
        SortedMap<String, String> seen = new TreeMap<>();
        fields.values().forEach(field -> {
            if (!field.app().isEmpty()) {
                seen.put(field.field().key(), field.app());
            }
            if (!field.question().isEmpty()) {
                seen.put(openKey(field.field()), field.question());
            }
        });
        return seen;
    }

    static String openKey(MemberField field) {
        return field.key() + " in question";
    }
}
