package io.membersync.internal.pipeline;

import io.membersync.connector.RegistryRecord;
import io.membersync.mapping.ContentHash;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.RecordBody;
import io.membersync.mapping.Scope;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;
import io.membersync.plan.LeaverPolicy;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Step 2: turns a registry's record into a member state with a hash, or says where it is broken. Compiled once for a
 * run; for one thread.
 */
final class FieldMapper {

    private final List<FieldReader> readers;
    private final Scope scope;
    private final ContentHash outside;
    private final ContentHash outsideMarked;
    private final ProtectionMarks marks;
    private final ContentHasher hasher;
    private final FieldWatch watch;

    FieldMapper(MappingSet mappings, Scope scope, LeaverPolicy leavers) {
        // Sorted by key, so that the state is built in its own order and the hash does not depend on the mapping's.
        this.readers = mappings.mappings().stream()
                .sorted(Comparator.comparing(Mapping::field))
                .map(FieldReader::new)
                .toList();
        this.hasher = new ContentHasher(mappings.fingerprint());
        this.watch = new FieldWatch(readers);
        this.scope = scope;
        // With the policy in it, so that whoever was left alone is looked at again under another one.
        this.outside = outside(leavers.toString());
        // And with the mark, so that it is not passed over when nothing else is new.
        this.outsideMarked = outside(leavers + ", protected");
        this.marks = new ProtectionMarks(List.of(mappings));
    }

    private ContentHash outside(String what) {
        hasher.start();
        hasher.add(MemberField.STATUS, FieldValue.text(Scope.OUTSIDE_WORDS + ": " + what));
        return hasher.finish();
    }

    FieldWatch watch() {
        return watch;
    }

    /**
     * Maps one record.
     *
     * @param record the record
     * @param place where it stood, for people
     * @param readAt when its page was asked for
     * @param asOfEvent true when it is as of an event in a feed
     */
    MappedRecord map(RegistryRecord record, String place, Instant readAt, boolean asOfEvent) {
        if (record instanceof RegistryRecord.Present present) {
            return mapPresent(present, place, readAt, asOfEvent);
        } else if (record instanceof RegistryRecord.Gone gone) {
            return new MappedRecord.Removed(gone.externalId(), gone.reason(), Optional.empty(), readAt);
        } else if (record instanceof RegistryRecord.Merged merged) {
            return new MappedRecord.Removed(merged.externalId(), "merged", Optional.of(merged.into()), readAt);
        }
        RegistryRecord.Unreadable broken = (RegistryRecord.Unreadable) record;
        return new MappedRecord.Rejected(broken.externalId(), place, broken.path(), broken.reason());
    }

    private MappedRecord mapPresent(RegistryRecord.Present present, String place, Instant readAt, boolean asOfEvent) {
        Optional<String> leftOut = scope.everybody() ? Optional.empty() : leftOut(present);
        if (leftOut.isPresent()) {
            ContentHash hash = marks.in(present.body()) ? outsideMarked : outside;
            return new MappedRecord.Outside(
                    present.externalId(), present.version(), leftOut.get(), hash, readAt, asOfEvent);
        }
        MemberState.Builder state = MemberState.builder();
        hasher.start();
        watch.record();
        boolean hushed = hushed(present.body());
        for (int i = 0; i < readers.size(); i++) {
            FieldReader reader = readers.get(i);
            try {
                FieldValue value = reader.read(present.body());
                watch.read(i, value);
                boolean kept = hushed && Protection.hides(reader.field());
                if (value != null && !kept && !unsaid(reader, value) && (!watch.paused(i) || isMark(reader, value))) {
                    put(state, reader, value);
                }
            } catch (FieldReader.Unusable unusable) {
                if (!passedOver(i, unusable, state)) {
                    return new MappedRecord.Rejected(
                            Optional.of(present.externalId()), place, unusable.path(), reasonOf(unusable));
                }
            }
        }
        ContentHash hash = hasher.finish();
        return new MappedRecord.Mapped(present.externalId(), present.version(), state.build(), hash, readAt, asOfEvent);
    }

    /** Whether the record goes on without a field that it does not give. */
    private boolean passedOver(int field, FieldReader.Unusable unusable, MemberState.Builder state) {
        FieldReader reader = readers.get(field);
        if (!reader.incoming()) {
            // The app owns the field: what stands there is overwritten, and breaks nothing.
            state.unreadable(reader.field());
            return true;
        }
        watch.broken(field, unusable.path() + " " + reasonOf(unusable));
        return watch.paused(field);
    }

    /** Whether no address or phone comes in, since the mark is paused: what is here stays, and nothing new is told of. */
    private boolean hushed(RecordBody body) {
        for (int i = 0; i < readers.size(); i++) {
            if (readers.get(i).field().equals(MemberField.PROTECTED_ADDRESS) && watch.paused(i)) {
                return marks.unreadable(body);
            }
        }
        return false;
    }

    private void put(MemberState.Builder state, FieldReader reader, FieldValue value) {
        state.put(reader.field(), value);
        hasher.add(reader.field(), value);
    }

    private static boolean isMark(FieldReader reader, FieldValue value) {
        return reader.field().equals(MemberField.PROTECTED_ADDRESS) && value.equals(Protection.MARKED);
    }

    /** Null is no word on whether an address is protected: what was said before holds. */
    private static boolean unsaid(FieldReader reader, FieldValue value) {
        return value instanceof FieldValue.Nothing && reader.field().equals(MemberField.PROTECTED_ADDRESS);
    }

    /** Why the scope leaves a record out; looks at nothing but the scope's fields, whatever else may be broken. */
    private Optional<String> leftOut(RegistryRecord.Present present) {
        MemberState.Builder said = MemberState.builder();
        @Nullable FieldValue[] values = new FieldValue[readers.size()];
        for (int i = 0; i < values.length; i++) {
            if (scope.only().containsKey(readers.get(i).field())) {
                values[i] = readOrNull(readers.get(i), present);
                if (values[i] != null && !watch.paused(i)) {
                    said.put(readers.get(i).field(), values[i]);
                }
            }
        }
        MemberState state = said.build();
        if (scope.of(state) != Scope.Standing.OUTSIDE) {
            return Optional.empty();
        }
        for (int i = 0; i < values.length; i++) {
            watch.read(i, values[i]);
        }
        return Optional.of(scope.reason(state));
    }

    private static @Nullable FieldValue readOrNull(FieldReader reader, RegistryRecord.Present present) {
        try {
            return reader.read(present.body());
        } catch (FieldReader.Unusable unreadable) {
            return null;
        }
    }

    private static String reasonOf(FieldReader.Unusable unusable) {
        String reason = unusable.getMessage();
        return reason == null ? "cannot be read" : reason;
    }
}
