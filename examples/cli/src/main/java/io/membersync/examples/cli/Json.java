package io.membersync.examples.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.audit.AuditEntry;
import io.membersync.connector.ConnectionReport;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.run.Preview;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import java.time.Instant;
import java.util.TreeMap;

/** What programs get to read: one object for each thing that people get lines for. */
final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ObjectNode run(Run run) {
        ObjectNode json = object();
        json.put("run", run.id().value());
        json.put("integration", run.integration().value());
        json.put("kind", run.kind().name());
        json.put("trigger", run.trigger().name());
        json.put("startedBy", run.startedBy());
        json.put("state", run.state().name());
        json.put("queuedAt", run.queuedAt().toString());
        json.put("startedAt", run.startedAt().map(Instant::toString).orElse(null));
        json.put("endedAt", run.endedAt().map(Instant::toString).orElse(null));
        json.set("counts", counts(run.counts()));
        ObjectNode paused = json.putObject("pausedFields");
        run.checkpoint().paused().forEach(paused::put);
        run.failure().ifPresent(failure -> {
            ObjectNode why = json.putObject("failure");
            why.put("fault", failure.fault().map(Enum::name).orElse(null));
            why.put("message", failure.message());
            why.put("advice", failure.advice());
        });
        return json;
    }

    private static ObjectNode counts(RunCounts counts) {
        ObjectNode json = object();
        json.put("read", counts.read());
        json.put("created", counts.created());
        json.put("updated", counts.updated());
        json.put("removed", counts.removed());
        json.put("conflicts", counts.conflicts());
        json.put("quarantined", counts.quarantined());
        json.put("absent", counts.absent());
        json.put("pages", counts.pages());
        return json;
    }

    static ObjectNode preview(Preview preview) {
        ObjectNode json = object();
        json.put("at", preview.at().toString());
        json.put("proven", preview.proven());
        json.put("nothingToDo", preview.nothingToDo());
        json.set("counts", counts(preview.counts()));
        ObjectNode fields = json.putObject("fields");
        new TreeMap<>(preview.fields()).forEach((field, members) -> fields.put(field.key(), members));
        ArrayNode samples = json.putArray("samples");
        preview.samples().forEach(sample -> {
            ObjectNode one = samples.addObject();
            one.put("kind", sample.kind().name());
            one.put("externalId", sample.externalId().map(ExternalId::value).orElse(null));
            one.put("member", sample.member().map(MemberId::value).orElse(null));
            one.put("why", sample.why());
            ArrayNode changes = one.putArray("changes");
            sample.changes()
                    .forEach(change -> changes.addObject()
                            .put("field", change.field().key())
                            .put("before", change.before().display())
                            .put("after", change.after().display()));
        });
        json.put("digest", preview.digest());
        return json;
    }

    static ObjectNode connection(ConnectionReport report) {
        ObjectNode json = object();
        if (report instanceof ConnectionReport.Connected connected) {
            json.put("connected", true);
            json.put("organization", connected.organizationName());
            if (connected.members().isPresent()) {
                json.put("members", connected.members().getAsLong());
            } else {
                json.putNull("members");
            }
            json.put("apiVersion", connected.apiVersion().orElse(null));
            json.put(
                    "deltaUnavailable", connected.abilities().deltaUnavailable().orElse(null));
            json.put(
                    "writeUnavailable", connected.abilities().writeUnavailable().orElse(null));
        } else if (report instanceof ConnectionReport.Failed failed) {
            json.put("connected", false);
            json.put("fault", failed.fault().name());
            json.put("detail", failed.detail());
            json.put("advice", failed.advice());
        }
        return json;
    }

    static ObjectNode audit(AuditEntry entry) {
        ObjectNode json = object();
        json.put("at", entry.at().toString());
        json.put("kind", entry.kind().name());
        json.put("run", entry.run().orElse(null));
        json.put("actor", entry.actor());
        json.put("member", entry.member().map(MemberId::value).orElse(null));
        json.put("externalId", entry.externalId().map(ExternalId::value).orElse(null));
        json.put("summary", entry.summary());
        ArrayNode changes = json.putArray("changes");
        entry.changes()
                .forEach(change -> changes.addObject()
                        .put("field", change.field())
                        .put("before", change.before())
                        .put("after", change.after())
                        .put("why", change.why()));
        return json;
    }
}
