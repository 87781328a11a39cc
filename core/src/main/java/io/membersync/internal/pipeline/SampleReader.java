package io.membersync.internal.pipeline;

import io.membersync.mapping.MappingSet;
import io.membersync.mapping.RecordBody;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads single records as a run would, and goes on where a field cannot be read. For one thread. */
public final class SampleReader {

    /**
     * What was read of a field.
     *
     * @param value its value; empty where the record does not speak of it, or it cannot be read
     * @param problem why it cannot be read, without its value
     */
    public record Read(Optional<FieldValue> value, Optional<String> problem) {

        /** The record does not speak of the field. */
        public static final Read NOTHING = new Read(Optional.empty(), Optional.empty());
    }

    private final List<FieldReader> readers;

    /**
     * Makes a reader.
     *
     * @param mappings what it goes by
     */
    public SampleReader(MappingSet mappings) {
        this.readers = mappings.mappings().stream()
                .filter(mapping -> mapping.field().kind() != MemberField.Kind.HIDDEN)
                .map(FieldReader::new)
                .toList();
    }

    /**
     * Reads a record.
     *
     * @param body the record
     * @return what each mapped field came to
     */
    public Map<MemberField, Read> read(RecordBody body) {
        Map<MemberField, Read> fields = new LinkedHashMap<>();
        readers.forEach(reader -> fields.put(reader.field(), read(reader, body)));
        return fields;
    }

    private static Read read(FieldReader reader, RecordBody body) {
        try {
            return new Read(Optional.ofNullable(reader.read(body)), Optional.empty());
        } catch (FieldReader.Unusable unusable) {
            return new Read(Optional.empty(), Optional.of(unusable.path() + " " + unusable.getMessage()));
        }
    }
}
