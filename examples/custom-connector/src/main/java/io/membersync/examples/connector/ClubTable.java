package io.membersync.examples.connector;

import io.membersync.connector.RegistryRecord;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table as the register sends it: a line of names, a line for each member, its cells separated by tabs, and a last line
 * that tells the place to go on from, or the end. Cells stand as they came, one byte in each character.
 *
 * @param names the names of the columns
 * @param rows the cells of each line
 * @param next where to go on; empty at the end of the listing
 */
record ClubTable(List<String> names, List<List<String>> rows, Optional<String> next) {

    private static final String NEXT = "#next ";

    // [whole]
    static Optional<ClubTable> parse(byte[] body) {
        List<String> lines = List.of(new String(body, StandardCharsets.ISO_8859_1).split("\n", -1));
        int last = lines.size() - 2;
        boolean ends = last > 0
                && lines.get(last).equals("#end")
                && lines.get(last + 1).isEmpty();
        boolean goesOn = last > 0
                && lines.get(last).startsWith(NEXT)
                && lines.get(last + 1).isEmpty();
        if (!ends && !goesOn) {
            return Optional.empty();
        }
        return Optional.of(new ClubTable(
                cells(lines.get(0)),
                lines.subList(1, last).stream().map(ClubTable::cells).toList(),
                goesOn ? Optional.of(lines.get(last).substring(NEXT.length())) : Optional.empty()));
    }
    // [end]

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }

    // [records]
    List<RegistryRecord> records() {
        return rows.stream().map(this::record).toList();
    }

    private RegistryRecord record(List<String> row) {
        Optional<ExternalId> id = id(row).map(ExternalId::of);
        if (id.isEmpty()) {
            return new RegistryRecord.Unreadable(id, "id", "is missing");
        }
        if (row.size() != names.size()) {
            return new RegistryRecord.Unreadable(
                    id, "$", "has " + row.size() + " cells under " + names.size() + " names");
        }
        Map<String, RawValue> values = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Optional<RawValue> value = value(row.get(i));
            if (value.isEmpty()) {
                return new RegistryRecord.Unreadable(id, names.get(i), "is not UTF-8");
            }
            values.put(names.get(i), value.get());
        }
        return new RegistryRecord.Present(
                id.get(), version(row), path -> values.getOrDefault(path.text(), RawValue.absent()));
    }

    private static Optional<RawValue> value(String cell) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(cell.getBytes(StandardCharsets.ISO_8859_1));
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return Optional.of(text.isEmpty() ? RawValue.explicitNull() : new RawValue.Text(text));
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
    // [end]

    Stream<String> ids() {
        return rows.stream().flatMap(row -> id(row).stream());
    }

    /** {@return the text in a named cell of a row, where there is one} */
    Optional<String> text(int row, String name) {
        int column = names.indexOf(name);
        boolean there =
                row < rows.size() && column >= 0 && column < rows.get(row).size();
        return there
                ? value(rows.get(row).get(column))
                        .filter(RawValue.Text.class::isInstance)
                        .map(value -> ((RawValue.Text) value).text())
                : Optional.empty();
    }

    private Optional<String> id(List<String> row) {
        return cell(row, "id").filter(id -> id.matches("c-[0-9]{4}"));
    }

    private RecordVersion version(List<String> row) {
        return cell(row, "version").map(RecordVersion::new).orElse(RecordVersion.NONE);
    }

    private Optional<String> cell(List<String> row, String name) {
        int column = names.indexOf(name);
        return column >= 0 && column < row.size() ? Optional.of(row.get(column)) : Optional.empty();
    }

    /** {@return how many lines there are, never what stands in them} */
    @Override
    public String toString() {
        return "ClubTable[" + rows.size() + " lines]";
    }
}
