package io.membersync.connector.dynamics;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.connector.Cursor;
import io.membersync.connector.RegistryRecord;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.internal.json.JsonObject;
import io.membersync.internal.json.JsonTree;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads pages and single rows, in one pass each. Safe for many threads. */
final class ContactPages {

    private static final String ROWS = "value";
    private static final FieldPath CONTEXT = annotation("@odata.context");
    static final FieldPath ETAG = annotation("@odata.etag");
    private static final FieldPath DELETED_ID = FieldPath.parse("id");
    private static final FieldPath REASON = FieldPath.parse("reason");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{1,40}");
    private static final Pattern VERSION = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]{1,90}\"");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int LONGEST_LINK = 9_900;

    private final DynamicsProfile profile;
    private final FieldPath id;

    ContactPages(DynamicsProfile profile) {
        this.profile = profile;
        this.id = FieldPath.parse(profile.names().id());
    }

    private static FieldPath annotation(String name) {
        return new FieldPath(name, List.of(name), List.of(false));
    }

    /**
     * A page as it came.
     *
     * @param records its rows and tombstones in their order
     * @param next the link to the next page
     * @param delta the link to what changes from now on
     */
    record Envelope(List<RegistryRecord> records, Optional<Cursor> next, Optional<Cursor> delta) {}

    /** Reads a page. {@code what} names the request in messages. */
    Envelope page(String what, byte[] body) {
        return JsonAnswer.read(what, body, tree -> envelope(what, tree));
    }

    /** Reads an answer that is one row. */
    RegistryRecord row(String what, byte[] body) {
        return JsonAnswer.read(what, body, tree -> record(JsonAnswer.whole(what, tree), tree));
    }

    /** {@return whether a text can be a contact's id at all} */
    static boolean isId(String text) {
        return GUID.matcher(text).matches();
    }

    private Envelope envelope(String what, JsonTree tree) throws IOException {
        JsonParser parser = tree.parser();
        List<RegistryRecord> found = null;
        Map<String, RawValue> around = new HashMap<>();
        JsonAnswer.start(what, parser);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals(ROWS)) {
                if (token != JsonToken.START_ARRAY || found != null) {
                    throw JsonAnswer.unreadable(what, "does not have one list named '" + ROWS + "'");
                }
                found = JsonAnswer.records(tree, this::record);
            } else {
                around.put(name, JsonAnswer.plain(tree, token));
            }
        }
        JsonAnswer.end(what, parser);
        if (found == null) {
            throw JsonAnswer.unreadable(what, "lacks the list named '" + ROWS + "'");
        }
        return new Envelope(found, link(what, around, "@odata.nextLink"), link(what, around, "@odata.deltaLink"));
    }

    private static Optional<Cursor> link(String what, Map<String, RawValue> around, String name) {
        RawValue stated = around.getOrDefault(name, RawValue.absent());
        if (stated instanceof RawValue.Absent || stated instanceof RawValue.Null) {
            return Optional.empty();
        }
        if (stated instanceof RawValue.Text text
                && !text.text().isBlank()
                && text.text().length() <= LONGEST_LINK) {
            return Optional.of(new Cursor(text.text()));
        }
        throw JsonAnswer.unreadable(what, "has no usable '" + name + "'");
    }

    private RegistryRecord record(JsonObject row, JsonTree tree) {
        boolean deleted = row.text(CONTEXT)
                .filter(context -> context.endsWith("/$deletedEntity"))
                .isPresent();
        FieldPath place = deleted ? DELETED_ID : id;
        Optional<ExternalId> externalId = idAt(row, place);
        if (tree.damage().isPresent()) {
            JsonTree.Damage damage = tree.damage().get();
            return new RegistryRecord.Unreadable(
                    externalId, damage.path(), damage.reason(), Optional.of(new ContactRow(row, profile)));
        }
        if (externalId.isEmpty()) {
            return new RegistryRecord.Unreadable(Optional.empty(), place.text(), "no id of a contact");
        }
        return deleted ? new RegistryRecord.Gone(externalId.get(), reason(row)) : present(externalId.get(), row);
    }

    private static String reason(JsonObject row) {
        return row.text(REASON).filter(word -> WORD.matcher(word).matches()).orElse("deleted");
    }

    private RegistryRecord present(ExternalId externalId, JsonObject json) {
        ContactRow row = new ContactRow(json, profile);
        if (row.column(profile.names().merged()) instanceof RawValue.Bool merged && merged.on()) {
            return merged(externalId, json, row);
        }
        RawValue version = json.read(ETAG);
        if (version instanceof RawValue.Absent) {
            return new RegistryRecord.Present(externalId, RecordVersion.NONE, row);
        }
        return version instanceof RawValue.Text text
                        && VERSION.matcher(text.text()).matches()
                ? new RegistryRecord.Present(externalId, new RecordVersion(text.text()), row)
                : new RegistryRecord.Unreadable(
                        Optional.of(externalId), ETAG.text(), "no usable version", Optional.of(row));
    }

    private RegistryRecord merged(ExternalId externalId, JsonObject json, ContactRow row) {
        String master = profile.names().master();
        return idAt(json, annotation(master))
                .filter(into -> !into.equals(externalId))
                .<RegistryRecord>map(into -> new RegistryRecord.Merged(externalId, into))
                .orElseGet(() -> new RegistryRecord.Unreadable(
                        Optional.of(externalId), master, "merged into no other contact", Optional.of(row)));
    }

    private static Optional<ExternalId> idAt(JsonObject row, FieldPath place) {
        return row.text(place).filter(ContactPages::isId).map(text -> ExternalId.of(text.toLowerCase(Locale.ROOT)));
    }
}
