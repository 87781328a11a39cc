package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.membersync.testkit.internal.StoredForm;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.dataverse.ContactTable.Row;
import java.util.Map;
import java.util.Optional;

/** Reads and writes of one contact. Threads: safe for many threads. */
final class ContactWrites {

    private final ContactTable table;
    private final DataverseSwitches switches;
    private final RowWriter writer;

    ContactWrites(ContactTable table, DataverseSwitches switches, RowWriter writer) {
        this.table = table;
        this.switches = switches;
        this.writer = writer;
    }

    Answer read(ApiPath path, SimulatedRequest request) {
        Optional<Answer> refusal = path.keyRefusal(switches).or(() -> writer.refusal(request.query()));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Row> row = path.find(table);
        if (row.isEmpty()) {
            return missing(path);
        }
        if (request.header("If-None-Match").filter(row.get().etag()::equals).isPresent()) {
            return Answer.of(304);
        }
        return shown(200, row.get(), request);
    }

    synchronized Answer delete(ApiPath path, SimulatedRequest request) {
        Optional<Row> row = path.find(table);
        if (row.isEmpty()) {
            return missing(path);
        }
        if (stale(row.get(), request)) {
            return staleRow();
        }
        table.delete(row.get().id(), MetadataAnswers.APPLICATION_USER);
        return Answer.of(204);
    }

    synchronized Answer create(SimulatedRequest request) {
        Optional<ObjectNode> body = ODataAnswer.parse(request.body());
        if (body.isEmpty()) {
            return ODataAnswer.badRequest("0x80048d19", "Error identified in Payload provided by the user");
        }
        return created(table.nextId(), body.get(), Map.of(), request);
    }

    synchronized Answer patch(ApiPath path, SimulatedRequest request) {
        Optional<ObjectNode> body = ODataAnswer.parse(request.body());
        Optional<Answer> refusal = path.keyRefusal(switches);
        if (body.isEmpty() || refusal.isPresent()) {
            return refusal.orElse(
                    ODataAnswer.badRequest("0x80048d19", "Error identified in Payload provided by the user"));
        }
        Optional<Row> row = path.find(table);
        Optional<String> match = request.header("If-Match");
        if (match.isEmpty()
                && request.header("If-None-Match").filter("*"::equals).isEmpty()) {
            switches.note("a PATCH without a condition, which makes a row where there is none");
        }
        if (row.isEmpty()) {
            return match.isPresent() ? missing(path) : created(path.idOr(table), body.get(), path.key(), request);
        }
        if (request.header("If-None-Match").filter("*"::equals).isPresent()) {
            return ODataAnswer.error(
                    412, switches.code(ODataAnswer.EXISTING_ROW), "A record with matching key values already exists.");
        }
        if (stale(row.get(), request)) {
            return staleRow();
        }
        // The key in the body is dropped on update.
        path.key().keySet().forEach(body.get()::remove);
        Optional<Answer> invalid = invalid(row.get().id(), body.get());
        if (invalid.isPresent()) {
            return invalid.get();
        }
        Row stored =
                table.store(row.get().id(), merged(row.get().columns(), body.get()), MetadataAnswers.APPLICATION_USER);
        return written(200, stored, path, request);
    }

    private Answer created(String id, ObjectNode body, Map<String, String> key, SimulatedRequest request) {
        ObjectNode columns = GeneratedContacts.empty(id);
        // The key in the body wins over the one in the address on create.
        key.forEach((column, value) -> {
            if (!body.has(column)) {
                body.put(column, value);
            }
        });
        Optional<Answer> invalid = invalid(id, body);
        return invalid.orElseGet(() -> {
            Row stored = table.store(id, merged(columns, body), MetadataAnswers.APPLICATION_USER);
            return written(201, stored, ApiPath.ofId(id), request);
        });
    }

    private Answer written(int status, Row row, ApiPath path, SimulatedRequest request) {
        String entity = switches.root(request) + DataverseSite.PREFIX + "/contacts(" + path.address() + ")";
        if (Preferences.of(request).returnRepresentation()) {
            return shown(status, row, request).with("OData-EntityId", entity);
        }
        return Answer.of(204).with("OData-EntityId", entity).with("OData-Version", "4.0");
    }

    private Answer shown(int status, Row row, SimulatedRequest request) {
        Preferences preferences = Preferences.of(request);
        byte[] json = writer.json(row, writer.columns(request.query()), preferences.labels());
        return preferences.shownIn(ODataAnswer.of(status, json).with("ETag", row.etag()));
    }

    private Answer missing(ApiPath path) {
        return path.key().isEmpty()
                ? ODataAnswer.error(
                        404,
                        switches.code(ODataAnswer.MISSING_ROW),
                        "contact With Id = " + path.address() + " Does Not Exist")
                : ODataAnswer.error(
                        404,
                        switches.code(ODataAnswer.MISSING_KEY),
                        "A record with the specified key values does not exist in contact entity");
    }

    private Answer staleRow() {
        return ODataAnswer.error(
                412,
                switches.code(ODataAnswer.STALE_ROW),
                "The version of the existing record doesn't match the RowVersion property provided.");
    }

    private static boolean stale(Row row, SimulatedRequest request) {
        return request.header("If-Match")
                .filter(etag -> !etag.equals("*") && !etag.equals(row.etag()))
                .isPresent();
    }

    private Optional<Answer> invalid(String id, ObjectNode body) {
        for (Map.Entry<String, JsonNode> change : body.properties()) {
            Optional<Answer> refusal = invalid(id, change.getKey(), change.getValue());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Answer> invalid(String id, String name, JsonNode value) {
        if (name.equals("hlf_chapter@odata.bind")) {
            return Optional.empty();
        }
        Optional<ContactColumn> column =
                switches.columns().stream().filter(c -> c.name().equals(name)).findFirst();
        if (column.isEmpty()) {
            return Optional.of(ODataAnswer.badRequest(
                    ODataAnswer.UNKNOWN_PROPERTY, "Invalid property '" + name + "' was found in entity 'contact'."));
        }
        if (!column.get().takes(value)) {
            return Optional.of(ODataAnswer.badRequest(
                    ODataAnswer.INVALID_ARGUMENT,
                    "The value " + value + " of '" + name + "' on record of type 'contact' is invalid."));
        }
        int longest = column.get().maxLength();
        if (longest > 0 && value.asText().length() > longest && !value.isNull()) {
            return Optional.of(ODataAnswer.badRequest(
                    ODataAnswer.VALIDATION,
                    "A validation error occurred.  The length of the '" + name
                            + "' attribute of the 'contact' entity with" + " value '" + value.asText()
                            + "' exceeded the maximum allowed length of '" + longest + "'."));
        }
        return name.equals("hlf_membernumber") && !value.isNull() ? duplicate(id, value.asText()) : Optional.empty();
    }

    private Optional<Answer> duplicate(String id, String number) {
        boolean enforced = switches.keyStatus.equals("Active");
        return table.findBy("hlf_membernumber", number)
                .filter(other -> enforced && !other.id().equals(id))
                .map(other -> ODataAnswer.error(
                        412,
                        ODataAnswer.DUPLICATE_KEY,
                        "Entity Key Member Number violated. A record with the same value for Member Number already"
                                + " exists. A duplicate record cannot be created. <Keys><hlf_membernumber>" + number
                                + "</hlf_membernumber><lastname>"
                                + other.columns().path("lastname").asText()
                                + "</lastname></Keys>"));
    }

    private static JsonNode tidy(Map.Entry<String, JsonNode> change) {
        if (!change.getValue().isTextual()) {
            return change.getValue();
        }
        String text = change.getValue().textValue();
        return TextNode.valueOf(
                switch (change.getKey()) {
                    case "address1_city" -> StoredForm.place(text);
                    case "mobilephone" -> StoredForm.phone(text);
                    case "hlf_certifiedfrom", "hlf_certifieduntil" ->
                        text.replaceAll("^(\\d{4}-\\d{2}-\\d{2})$", "$1T00:00:00Z");
                    default -> StoredForm.tidy(text);
                });
    }

    private ObjectNode merged(ObjectNode columns, ObjectNode body) {
        body.properties().forEach(change -> {
            if (change.getKey().equals("hlf_chapter@odata.bind")) {
                String bound = change.getValue().asText();
                if (change.getValue().isNull()) {
                    columns.putNull("_hlf_chapter_value");
                } else {
                    columns.put("_hlf_chapter_value", bound.replaceAll("^/hlf_chapters\\((.*)\\)$", "$1"));
                }
            } else {
                columns.set(change.getKey(), switches.tidies ? tidy(change) : change.getValue());
            }
        });
        columns.put("modifiedon", switches.time.instant().toString());
        return columns;
    }
}
