package io.membersync.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Link;
import io.membersync.storage.AppMember;
import io.membersync.storage.LinkMark;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Gives every member that the host holds of an integration, terminated ones included, in the order of external ids. */
final class MemberDump {

    private static final int AT_ONCE = 1_000;

    private final Storage storage;
    private final OrganizationId organization;
    private final IntegrationId integration;

    MemberDump(Storage storage, OrganizationId organization, IntegrationId integration) {
        this.storage = storage;
        this.organization = organization;
        this.integration = integration;
    }

    /** A part of the members, and the id behind which the next begins. */
    private record Part(List<ObjectNode> members, Optional<ExternalId> last) {}

    void forEach(Consumer<ObjectNode> member) {
        Optional<ExternalId> after = Optional.empty();
        do {
            Optional<ExternalId> from = after;
            Part part = storage.inTransaction(session -> part(session, from));
            part.members().forEach(member);
            after = part.last();
        } while (after.isPresent());
    }

    private Part part(Session session, Optional<ExternalId> after) {
        List<ExternalId> ids = session.links().marks(integration, after, Optional.empty(), AT_ONCE).stream()
                .map(LinkMark::externalId)
                .toList();
        Map<ExternalId, Link> links = session.links().load(integration, ids);
        List<MemberId> members =
                links.values().stream().flatMap(link -> link.member().stream()).toList();
        Map<MemberId, AppMember> loaded = session.members().load(organization, members);
        List<ObjectNode> part = new ArrayList<>();
        for (ExternalId id : ids) {
            Optional.ofNullable(links.get(id))
                    .flatMap(Link::member)
                    .flatMap(found -> Optional.ofNullable(loaded.get(found)))
                    .ifPresent(found -> part.add(json(id, found)));
        }
        return new Part(part, ids.size() < AT_ONCE ? Optional.empty() : Optional.of(ids.get(ids.size() - 1)));
    }

    private static ObjectNode json(ExternalId id, AppMember member) {
        ObjectNode json = Json.object();
        json.put("externalId", id.value());
        json.put("member", member.id().value());
        put(json, "memberNumber", member, MemberField.MEMBER_NUMBER);
        put(json, "firstName", member, MemberField.FIRST_NAME);
        put(json, "lastName", member, MemberField.LAST_NAME);
        put(json, "email", member, MemberField.EMAIL);
        put(json, "phone", member, MemberField.MOBILE);
        put(json, "status", member, MemberField.STATUS);
        ArrayNode affiliations = json.putArray("affiliations");
        if (member.state().value(MemberField.AFFILIATIONS) instanceof FieldValue.Affiliations units) {
            units.units()
                    .forEach(unit ->
                            affiliations.addObject().put("unit", unit.unit()).put("home", unit.home()));
        }
        ArrayNode roles = json.putArray("roles");
        if (member.state().value(MemberField.ROLES) instanceof FieldValue.Codes codes) {
            codes.codes().forEach(roles::add);
        }
        return json;
    }

    private static void put(ObjectNode json, String key, AppMember member, MemberField field) {
        FieldValue value = member.state().value(field);
        json.put(key, value instanceof FieldValue.Nothing ? null : value.display());
    }
}
