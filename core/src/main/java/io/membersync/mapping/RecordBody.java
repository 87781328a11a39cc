package io.membersync.mapping;

/**
 * The body of a registry's record, read by path. Connectors implement it over whatever their registry sends, so that no
 * JSON type is shown to anybody else. Implementations are immutable, and their {@code toString} shows no data.
 */
@FunctionalInterface
public interface RecordBody {

    /**
     * Reads what stands at a path.
     *
     * @param path the path; a segment marked as a list gives {@link RawValue.Items} with what stands at the rest of the
     *     path in each item, leaving out items where nothing stands
     * @return the value there, {@link RawValue.Absent} where the path leads nowhere
     */
    RawValue read(FieldPath path);
}
