package io.membersync.internal.run;

import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberStatus;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.setup.Integration;
import io.membersync.storage.PlacedLink;
import io.membersync.storage.Session;
import io.membersync.storage.StoredIntegration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a commit means for the links that its members have in other integrations, in the same transaction. Whatever the
 * library itself changes in a member is no edit of the app's to any other integration, so that it is never sent to
 * another registry; and who is left behind by a link that leads is looked at anew.
 */
final class OtherLinks {

    private OtherLinks() {}

    static void follow(Session session, Integration own, BatchPlan plan) {
        Map<MemberId, Map<MemberField, FieldValue>> changed = changed(plan);
        List<PlacedLink> others = changed.isEmpty()
                ? List.of()
                : session.links().everywhere(changed.keySet()).stream()
                        .filter(link -> !link.integration().equals(own.id()))
                        .toList();
        others.stream()
                .collect(Collectors.groupingBy(
                        PlacedLink::integration, Collectors.mapping(PlacedLink::externalId, Collectors.toList())))
                .forEach((integration, ids) -> move(session, own, integration, ids, changed));
        Set<MemberId> again = others.stream()
                .map(PlacedLink::member)
                .filter(member -> value(changed, member).containsKey(MemberField.PROTECTED_ADDRESS))
                .collect(Collectors.toSet());
        plan.links().stream()
                .filter(link -> !link.live())
                .forEach(link -> link.member().ifPresent(again::add));
        if (!again.isEmpty()) {
            session.edits().markAgain(again);
        }
    }

    private static Map<MemberId, Map<MemberField, FieldValue>> changed(BatchPlan plan) {
        Map<MemberId, Map<MemberField, FieldValue>> changed = new HashMap<>();
        for (MemberChange change : plan.members()) {
            if (change instanceof MemberChange.Update update) {
                changed.put(
                        update.member(),
                        update.changes().stream().collect(Collectors.toMap(FieldChange::field, FieldChange::after)));
            } else if (change instanceof MemberChange.Terminate end) {
                changed.put(end.member(), Map.of(MemberField.STATUS, MemberStatus.TERMINATED.value()));
            }
        }
        return changed;
    }

    private static void move(
            Session session,
            Integration own,
            IntegrationId id,
            List<ExternalId> ids,
            Map<MemberId, Map<MemberField, FieldValue>> changed) {
        session.settings().find(id).map(StoredIntegration::integration).ifPresent(other -> {
            List<Link> moved = new ArrayList<>();
            for (Link link : session.links().load(id, ids).values()) {
                Agreed agreed = moved(
                        link.agreed(), own, other, value(changed, link.member().orElseThrow()));
                if (!agreed.equals(link.agreed())) {
                    moved.add(with(link, agreed));
                }
            }
            if (!moved.isEmpty()) {
                session.links().save(id, moved);
            }
        });
    }

    private static Map<MemberField, FieldValue> value(
            Map<MemberId, Map<MemberField, FieldValue>> changed, MemberId member) {
        return Objects.requireNonNullElse(changed.get(member), Map.of());
    }

    private static Agreed moved(
            Agreed agreed, Integration own, Integration other, Map<MemberField, FieldValue> values) {
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        agreed.forEach(pairs::put);
        values.forEach((field, value) -> {
            if (Leads.shared(field, own, other) && other.mapping().find(field).isPresent()) {
                FieldValue registry =
                        agreed.find(field).map(AgreedPair::registry).orElseGet(FieldValue::nothing);
                pairs.put(
                        field,
                        field.same(value, registry)
                                ? AgreedPair.together(value, registry)
                                : AgreedPair.elsewhere(value, registry));
            }
        });
        return Agreed.of(pairs);
    }

    private static Link with(Link link, Agreed agreed) {
        return new Link(
                link.externalId(),
                link.member(),
                link.hash(),
                link.version(),
                link.readAt(),
                agreed,
                link.tombstone(),
                link.revision());
    }
}
