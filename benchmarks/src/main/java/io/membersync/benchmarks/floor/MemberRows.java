package io.membersync.benchmarks.floor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows that a page comes to, column by column, for the statements that write them. For one thread. */
final class MemberRows {

    private static final char BETWEEN = '\u001f';
    private static final String NOTHING = "\u001e";

    /** The app's row and the snapshot's payload of a member that is already there. */
    record Known(@Nullable String[] app, @Nullable String[] base) {}

    final List<String> ids = new ArrayList<>();
    final List<List<@Nullable String>> columns = new ArrayList<>();
    final List<UUID> hashes = new ArrayList<>();
    final List<String> payloads = new ArrayList<>();
    final List<@Nullable String> versions = new ArrayList<>();
    final List<String> auditKinds = new ArrayList<>();
    final List<String> auditIds = new ArrayList<>();
    final List<@Nullable String> auditDetails = new ArrayList<>();
    final List<String> ended = new ArrayList<>();
    final List<String> absent = new ArrayList<>();
    final Map<String, Known> known = new HashMap<>();

    MemberRows() {
        for (int i = 0; i < MemberColumn.COUNT; i++) {
            columns.add(new ArrayList<>());
        }
    }

    void clear() {
        List.of(ids, hashes, payloads, versions, auditKinds, auditIds, auditDetails, ended, absent)
                .forEach(List::clear);
        columns.forEach(List::clear);
        known.clear();
    }

    boolean isEmpty() {
        return ids.isEmpty() && ended.isEmpty() && absent.isEmpty();
    }

    /** Compares a record with what is known, field by field and three ways, and adds the rows that follow from it. */
    void merge(PageBuffer page, int record, UUID hash) {
        String id = page.id(record);
        Known before = known.get(id);
        @Nullable String[] external = new @Nullable String[MemberColumn.COUNT];
        StringBuilder details = new StringBuilder();
        for (int i = 0; i < external.length; i++) {
            external[i] = page.text(record, i);
            String value = before == null ? external[i] : decided(i, before, external[i]);
            columns.get(i).add(value);
            if (before != null && !same(value, before.app()[i])) {
                details.append(MemberColumn.ALL.get(i).column()).append(": ");
                details.append(before.app()[i]).append(" -> ").append(value).append('\n');
            }
        }
        ids.add(id);
        hashes.add(hash);
        payloads.add(payload(external));
        versions.add(page.text(record, PageBuffer.VERSION));
        audit(before == null ? "CREATE" : "UPDATE", id, before == null ? null : details.toString());
    }

    /** The external value wins, except over a phone number that was changed in the app. */
    private static @Nullable String decided(int column, Known before, @Nullable String external) {
        String app = before.app()[column];
        String base = before.base()[column];
        if (same(external, base)) {
            return app;
        }
        return column == MemberColumn.MOBILE.ordinal() && !same(app, base) ? app : external;
    }

    void end(String id) {
        ended.add(id);
        audit("DELETE", id, null);
    }

    private void audit(String kind, String id, @Nullable String details) {
        auditKinds.add(kind);
        auditIds.add(id);
        auditDetails.add(details);
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equals(other);
    }

    private static String payload(@Nullable String[] fields) {
        StringBuilder text = new StringBuilder(400);
        for (int i = 0; i < fields.length; i++) {
            String field = fields[i];
            text.append(i == 0 ? "" : BETWEEN).append(field == null ? NOTHING : field);
        }
        return text.toString();
    }

    static @Nullable String[] fields(String payload) {
        @Nullable String[] fields = payload.split(String.valueOf(BETWEEN), -1);
        for (int i = 0; i < fields.length; i++) {
            if (NOTHING.equals(fields[i])) {
                fields[i] = null;
            }
        }
        return fields;
    }
}
