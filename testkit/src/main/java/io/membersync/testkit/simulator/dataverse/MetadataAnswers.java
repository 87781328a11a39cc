package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What the environment tells of itself. Threads: safe for many threads. */
final class MetadataAnswers {

    static final UUID ORGANIZATION = UUID.fromString("0a000000-0000-4000-8000-000000000001");

    static final String APPLICATION_USER = "0a000000-0000-4000-8000-000000000003";

    private final ContactTable table;
    private final DataverseSwitches switches;
    private final String name;
    private Instant countedAt = Instant.EPOCH;
    private int counted;

    MetadataAnswers(ContactTable table, DataverseSwitches switches, String name) {
        this.table = table;
        this.switches = switches;
        this.name = name;
    }

    Answer whoAmI(SimulatedRequest request) {
        ObjectNode body = context(request, "Microsoft.Dynamics.CRM.WhoAmIResponse");
        body.put("BusinessUnitId", "0a000000-0000-4000-8000-000000000002");
        body.put("UserId", APPLICATION_USER);
        body.put("OrganizationId", ORGANIZATION.toString());
        return ODataAnswer.of(200, body);
    }

    Answer organization(SimulatedRequest request) {
        ObjectNode body = context(request, "Microsoft.Dynamics.CRM.RetrieveCurrentOrganizationResponse");
        ObjectNode detail = body.putObject("Detail");
        detail.put("OrganizationId", ORGANIZATION.toString()).put("FriendlyName", name);
        detail.put("OrganizationVersion", "9.2.25104.196").put("Geo", "EMEA").put("UniqueName", "hlf");
        detail.put("UrlName", "hlf").put("State", "Enabled").put("OrganizationType", "Customer");
        return ODataAnswer.of(200, body);
    }

    Answer table(SimulatedRequest request) {
        ObjectNode body = context(request, "EntityDefinitions/$entity");
        body.put("EntitySetName", "contacts").put("LogicalName", "contact").put("PrimaryIdAttribute", "contactid");
        body.put("ChangeTrackingEnabled", switches.changeTracking);
        body.put("MetadataId", "608861bc-50a4-4c5f-a02c-21fe1943e2cf");
        return ODataAnswer.of(200, body);
    }

    Answer columns(SimulatedRequest request) {
        ObjectNode body = context(request, "EntityDefinitions('contact')/Attributes");
        ArrayNode value = body.putArray("value");
        for (ContactColumn column : switches.columns()) {
            ObjectNode one = value.addObject();
            one.put("@odata.type", "#Microsoft.Dynamics.CRM." + column.kind().metadataName + "AttributeMetadata");
            one.put("LogicalName", column.name()).put("AttributeType", column.kind().metadataName);
            one.put("IsSecured", column.secured()).put("IsValidForUpdate", column.updatable());
        }
        return ODataAnswer.of(200, body);
    }

    Answer keys(SimulatedRequest request) {
        ObjectNode body = context(request, "EntityDefinitions('contact')/Keys");
        ObjectNode key = body.putArray("value").addObject();
        key.put("LogicalName", "hlf_membernumberkey").put("EntityKeyIndexStatus", switches.keyStatus);
        key.putArray("KeyAttributes").add("hlf_membernumber");
        return ODataAnswer.of(200, body);
    }

    /** A snapshot that is up to a day old, as the real one. */
    synchronized Answer count(SimulatedRequest request) {
        if (!switches.time.instant().isBefore(countedAt.plus(Duration.ofHours(24)))) {
            countedAt = switches.time.instant();
            counted = table.size();
        }
        ObjectNode body = context(request, "Microsoft.Dynamics.CRM.RetrieveTotalRecordCountResponse");
        ObjectNode counts =
                body.putObject("EntityRecordCountCollection").put("Count", 1).put("IsReadOnly", false);
        counts.putArray("Keys").add("contact");
        counts.putArray("Values").add(counted);
        return ODataAnswer.of(200, body);
    }

    private ObjectNode context(SimulatedRequest request, String type) {
        String root = switches.root(request) + DataverseSite.PREFIX + "/$metadata#";
        return ODataAnswer.object().put("@odata.context", root + type);
    }
}
