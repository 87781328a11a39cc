package io.membersync.internal.pipeline;

import io.membersync.model.MemberField;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the reading so far tells of the mapped fields. Immutable.
 *
 * @param paused fields that no record of a page could give any more, with the reason
 * @param silent fields that no record has spoken of
 */
public record FieldFindings(Map<MemberField, String> paused, Set<MemberField> silent) {

    private static final String SILENT = "stands in no record of the listing";

    /** Copies the collections. */
    public FieldFindings {
        paused = Map.copyOf(paused);
        silent = Set.copyOf(silent);
    }

    /**
     * The fields that are out of use, by key and with the reason.
     *
     * @param wholeListing true when every record was read, so that silence counts
     */
    public Map<String, String> outOfUse(boolean wholeListing) {
        Map<String, String> out = new TreeMap<>();
        paused.forEach((field, why) -> out.put(field.key(), why));
        if (wholeListing) {
            silent.forEach(field -> out.put(field.key(), SILENT));
        }
        return out;
    }
}
