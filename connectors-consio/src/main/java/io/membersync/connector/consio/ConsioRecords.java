package io.membersync.connector.consio;

import io.membersync.connector.RegistryRecord;
import io.membersync.internal.json.JsonObject;
import io.membersync.internal.json.JsonTree;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes records of JSON objects; what is wrong with one becomes an unreadable record. Safe for many threads. */
final class ConsioRecords {

    private static final Pattern ID = Pattern.compile("0|[1-9]\\d{0,17}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
    // The registry's word for why a member is gone, not a sentence, which might speak of the person.
    private static final Pattern REASON = Pattern.compile("[A-Za-z][A-Za-z_-]{0,39}");

    private final ConsioProfile.MemberNames member;
    private final ConsioProfile.DeletedNames deleted;

    ConsioRecords(ConsioProfile profile) {
        this.member = profile.member();
        this.deleted = profile.deleted();
    }

    /** {@return whether a member can have an id} */
    static boolean isId(ExternalId id) {
        return ID.matcher(id.value()).matches();
    }

    /** Makes a record of a member, with what {@code tree} has noted of it. */
    RegistryRecord member(JsonObject body, JsonTree tree) {
        Optional<ExternalId> id = id(body, member.id());
        if (tree.damage().isPresent()) {
            JsonTree.Damage damage = tree.damage().get();
            return new RegistryRecord.Unreadable(id, damage.path(), damage.reason(), Optional.of(body));
        }
        if (id.isEmpty()) {
            return withoutId(member.id(), body);
        }
        String version = version(body.read(member.changed()));
        return version == null
                ? new RegistryRecord.Unreadable(id, member.changed().text(), "no time of a change", Optional.of(body))
                : new RegistryRecord.Present(id.get(), new RecordVersion(version), body);
    }

    /** Makes a record of a row in the list of deleted members, with what {@code tree} has noted of it. */
    RegistryRecord deleted(JsonObject body, JsonTree tree) {
        Optional<ExternalId> id = id(body, deleted.id());
        if (tree.damage().isPresent()) {
            JsonTree.Damage damage = tree.damage().get();
            return new RegistryRecord.Unreadable(id, damage.path(), damage.reason());
        }
        if (id.isEmpty()) {
            return withoutId(deleted.id(), body);
        }
        String reason = body.text(deleted.reason())
                .filter(text -> REASON.matcher(text).matches())
                .orElse("deleted");
        if (!reason.equals(deleted.merged())) {
            return new RegistryRecord.Gone(id.get(), reason);
        }
        Optional<ExternalId> into = id(body, deleted.into());
        return into.isPresent() && !into.equals(id)
                ? new RegistryRecord.Merged(id.get(), into.get())
                : new RegistryRecord.Unreadable(id, deleted.into().text(), "no other member's id");
    }

    private static @Nullable String version(RawValue value) {
        if (value instanceof RawValue.Text text && TIME.matcher(text.text()).matches()) {
            return text.text();
        }
        return value instanceof RawValue.Absent || value instanceof RawValue.Null ? "" : null;
    }

    private static Optional<ExternalId> id(JsonObject body, FieldPath path) {
        RawValue value = body.read(path);
        String text = "";
        if (value instanceof RawValue.Numeral number) {
            text = number.text();
        } else if (value instanceof RawValue.Text given) {
            text = given.text();
        }
        return ID.matcher(text).matches() ? Optional.of(ExternalId.of(text)) : Optional.empty();
    }

    private static RegistryRecord withoutId(FieldPath path, JsonObject body) {
        String reason = body.read(path) instanceof RawValue.Absent ? "missing" : "not a whole number";
        return new RegistryRecord.Unreadable(Optional.empty(), path.text(), reason);
    }
}
