package io.membersync.internal.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.audit.AuditEntry;
import java.io.IOException;
import java.io.Writer;

/** An object of JSON on a line of its own for each entry; what an entry does not have is left out. */
public final class JsonForm implements AuditPages.Form {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes one. */
    public JsonForm() {}

    @Override
    public void begin(Writer out) {
        // Lines have no head.
    }

    @Override
    public void write(AuditEntry entry, Writer out) throws IOException {
        ObjectNode object = JSON.createObjectNode();
        object.put("time", entry.at().toString());
        object.put("kind", entry.kind().name());
        object.put("organization", entry.organization().value());
        entry.integration().ifPresent(id -> object.put("integration", id.value()));
        entry.run().ifPresent(run -> object.put("run", run));
        entry.trigger().ifPresent(trigger -> object.put("trigger", trigger.name()));
        if (entry.failed()) {
            object.put("failed", true);
        }
        object.put("actor", entry.actor());
        entry.member().ifPresent(id -> object.put("member", id.value()));
        entry.externalId().ifPresent(id -> object.put("record", id.value()));
        object.put("summary", entry.summary());
        if (!entry.changes().isEmpty()) {
            ArrayNode changes = object.putArray("changes");
            entry.changes()
                    .forEach(change -> changes.addObject()
                            .put("field", change.field())
                            .put("before", change.before())
                            .put("after", change.after())
                            .put("why", change.why()));
        }
        out.write(JSON.writeValueAsString(object));
        out.write('\n');
    }
}
