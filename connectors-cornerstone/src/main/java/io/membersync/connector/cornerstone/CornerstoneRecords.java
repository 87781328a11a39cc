package io.membersync.connector.cornerstone;

import io.membersync.connector.RegistryRecord;
import io.membersync.internal.json.JsonObject;
import io.membersync.internal.json.JsonTree;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes records of JSON objects; what is wrong with one becomes an unreadable record. Safe for many threads. */
final class CornerstoneRecords {

    private static final int LONGEST_VERSION = 100;
    // The registry's word for why a member is gone, not a sentence, which might speak of the person.
    private static final Pattern REASON = Pattern.compile("[A-Za-z][A-Za-z_-]{0,39}");

    private final CornerstoneProfile.MemberPaths member;
    private final CornerstoneProfile.EventNames event;
    private final String insideEvent;

    CornerstoneRecords(CornerstoneProfile profile) {
        this.member = profile.member();
        this.event = profile.event();
        this.insideEvent = event.member().text() + ".";
    }

    /** Makes a record of a member, with what {@code tree} has noted of it. */
    RegistryRecord member(JsonObject body, JsonTree tree) {
        return tree.damage()
                .<RegistryRecord>map(damage -> new RegistryRecord.Unreadable(
                        id(body, member.id(), tree), damage.path(), damage.reason(), Optional.of(body)))
                .orElseGet(() -> present(body, tree));
    }

    /** Makes a record of an event, with what {@code tree} has noted of it. */
    RegistryRecord event(JsonObject body, JsonTree tree) {
        Optional<ExternalId> id = id(body, event.id(), tree);
        if (tree.damage().isPresent()) {
            JsonTree.Damage damage = tree.damage().get();
            String path = damage.path();
            return new RegistryRecord.Unreadable(
                    id,
                    path.startsWith(insideEvent) ? path.substring(insideEvent.length()) : path,
                    damage.reason(),
                    said(body));
        }
        if (id.isEmpty()) {
            return withoutId(event.id(), body.read(event.id()));
        }
        String operation = body.text(event.operation()).orElse("");
        if (operation.equals(event.upsert())) {
            return upserted(id.get(), body, tree);
        } else if (operation.equals(event.delete())) {
            return new RegistryRecord.Gone(id.get(), reason(body), said(body));
        } else if (operation.equals(event.merge())) {
            return merged(id.get(), id(body, event.into(), tree));
        }
        return new RegistryRecord.Unreadable(id, event.operation().text(), "no known kind of change", said(body));
    }

    private Optional<RecordBody> said(JsonObject event) {
        return event.object(this.event.member()).map(state -> state);
    }

    private RegistryRecord upserted(ExternalId id, JsonObject body, JsonTree tree) {
        Optional<JsonObject> state = body.object(event.member());
        if (state.isEmpty()) {
            return new RegistryRecord.Unreadable(Optional.of(id), event.member().text(), "not an object");
        }
        RegistryRecord record = present(state.get(), tree);
        if (record instanceof RegistryRecord.Present present
                && !present.externalId().equals(id)) {
            return new RegistryRecord.Unreadable(
                    Optional.of(id), member.id().text(), "another id than the one of the event");
        } else if (record instanceof RegistryRecord.Unreadable bad
                && bad.externalId().isEmpty()) {
            return new RegistryRecord.Unreadable(Optional.of(id), bad.path(), bad.reason(), bad.said());
        }
        return record;
    }

    private RegistryRecord merged(ExternalId id, Optional<ExternalId> into) {
        boolean sensible = into.isPresent() && !into.get().equals(id);
        return sensible
                ? new RegistryRecord.Merged(id, into.get())
                : new RegistryRecord.Unreadable(Optional.of(id), event.into().text(), "no other member's id");
    }

    /** {@return why a member is gone, in the registry's word where it gives one} */
    String reason(JsonObject body) {
        return body.text(event.reason())
                .filter(reason -> REASON.matcher(reason).matches())
                .orElse("deleted");
    }

    private RegistryRecord present(JsonObject body, JsonTree tree) {
        Optional<ExternalId> id = id(body, member.id(), tree);
        if (id.isEmpty()) {
            return withoutId(member.id(), body.read(member.id()));
        }
        String version = version(body.read(member.version()));
        if (version == null) {
            return new RegistryRecord.Unreadable(id, member.version().text(), "no usable version", Optional.of(body));
        }
        return new RegistryRecord.Present(id.get(), new RecordVersion(version), body);
    }

    // A version goes back in a header, so nothing that a header could not hold may pass.
    private static @Nullable String version(RawValue value) {
        String text = "";
        if (value instanceof RawValue.Text given) {
            text = given.text();
        } else if (value instanceof RawValue.Numeral number) {
            text = number.text();
        } else if (!(value instanceof RawValue.Absent) && !(value instanceof RawValue.Null)) {
            return null;
        }
        if (text.length() > LONGEST_VERSION) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '"') {
                return null;
            }
        }
        return text;
    }

    private static Optional<ExternalId> id(JsonObject body, FieldPath path, JsonTree tree) {
        Optional<String> text = body.text(path);
        if (text.isEmpty() || !tree.sound(text.get())) {
            return Optional.empty();
        }
        return externalId(text.get());
    }

    /** {@return the id with this text, nothing where no id can have it} */
    static Optional<ExternalId> externalId(String text) {
        try {
            return Optional.of(ExternalId.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static RegistryRecord withoutId(FieldPath path, RawValue found) {
        String reason;
        if (found instanceof RawValue.Absent) {
            reason = "missing";
        } else if (found instanceof RawValue.Text text) {
            reason = text.text().isBlank() ? "blank" : "longer than an id may be, or with control characters";
        } else {
            reason = found.kind() + " where text is needed";
        }
        return new RegistryRecord.Unreadable(Optional.empty(), path.text(), reason);
    }
}
