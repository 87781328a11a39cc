package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.simulator.TokenWebhookSender;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What a service endpoint posts of a change: the message, whose it is, and the changed columns. Threads: many. */
final class ChangeMessages {

    private static final String ENTITY = "Entity:http://schemas.microsoft.com/xrm/2011/Contracts";

    private final DataverseSwitches switches;
    private final URI environment;
    private final AtomicLong operations = new AtomicLong();

    ChangeMessages(DataverseSwitches switches, URI environment) {
        this.switches = switches;
        this.environment = environment;
    }

    void send(ContactTable.Change change, TokenWebhookSender sender) {
        String message = change.after().isEmpty() ? "Delete" : change.before().isEmpty() ? "Create" : "Update";
        String operation = String.format("0b000000-0000-4000-8000-%012d", operations.incrementAndGet());
        Map<String, String> headers = new HashMap<>(Map.of(
                "x-ms-dynamics-organization",
                environment.getAuthority(),
                "x-ms-dynamics-entity-name",
                "contact",
                "x-ms-dynamics-request-name",
                message,
                "x-ms-correlation-request-id",
                operation));
        ObjectNode body = ODataAnswer.object();
        body.put("MessageName", message).put("PrimaryEntityName", "contact").put("PrimaryEntityId", change.id());
        body.put("Depth", 1).put("Stage", 40).put("Mode", 1);
        body.put("OrganizationId", MetadataAnswers.ORGANIZATION.toString());
        body.put("UserId", change.user()).put("InitiatingUserId", change.user());
        body.put("OperationId", operation).put("CorrelationId", operation).putNull("RequestId");
        body.put("OperationCreatedOn", "/Date(" + switches.time.millis() + ")/");
        if (switches.thinWebhooks) {
            headers.put("x-ms-dynamics-msg-size-exceeded", "true");
        } else {
            target(change, body.putArray("InputParameters").addObject().put("key", "Target"));
            body.putArray("PreEntityImages");
            body.putArray("PostEntityImages");
        }
        body.putArray("SharedVariables");
        sender.changed(headers, body.toString());
    }

    private static void target(ContactTable.Change change, ObjectNode parameter) {
        ObjectNode target = parameter.putObject("value");
        target.put("Id", change.id()).put("LogicalName", "contact");
        Optional<ObjectNode> after = change.after();
        if (after.isPresent()) {
            ArrayNode attributes = target.put("__type", ENTITY).putArray("Attributes");
            after.get().properties().stream()
                    .filter(column -> !change.before()
                            .map(before -> before.path(column.getKey()))
                            .filter(column.getValue()::equals)
                            .isPresent())
                    .forEach(column ->
                            attributes.addObject().put("key", column.getKey()).set("value", column.getValue()));
        }
    }
}
