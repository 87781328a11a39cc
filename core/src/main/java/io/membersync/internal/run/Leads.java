package io.membersync.internal.run;

import io.membersync.internal.pipeline.Elsewhere;
import io.membersync.internal.pipeline.PageSnapshot.AppSide;
import io.membersync.mapping.Mapping;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.setup.Integration;
import io.membersync.storage.PlacedLink;
import io.membersync.storage.Session;
import io.membersync.storage.StoredIntegration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who leads the fields of members that are linked in several integrations: of those that read a field, the one whose link
 * was made first. What belongs to the person is led among all integrations, what belongs to the membership among those of
 * one organization.
 */
final class Leads {

    private final Session session;
    private final Integration own;
    private final Map<IntegrationId, Optional<Integration>> known = new HashMap<>();

    private Leads(Session session, Integration own) {
        this.session = session;
        this.own = own;
    }

    /** Tells the members what their links elsewhere mean; one look-up where there are none. */
    static void tell(Session session, Integration own, Map<MemberId, AppSide> members) {
        if (members.isEmpty()) {
            return;
        }
        List<PlacedLink> links = session.links().everywhere(members.keySet());
        if (links.stream().anyMatch(link -> !link.integration().equals(own.id()))) {
            new Leads(session, own).tell(links, members);
        }
    }

    private void tell(List<PlacedLink> links, Map<MemberId, AppSide> members) {
        Set<MemberId> guarded = ProtectedMembers.by(
                session,
                links.stream()
                        .filter(link -> !link.integration().equals(own.id()))
                        .toList());
        links.stream().collect(Collectors.groupingBy(PlacedLink::member)).forEach((member, all) -> {
            Set<MemberField> led = led(all);
            if (guarded.contains(member)) {
                // One registry's word is enough, whoever leads.
                led.add(MemberField.PROTECTED_ADDRESS);
            }
            Elsewhere elsewhere = new Elsewhere(led, guarded.contains(member));
            members.computeIfPresent(member, (id, side) -> new AppSide(side.version(), side.state(), elsewhere));
        });
    }

    /** Where this integration has no live link yet, it comes last. */
    private Set<MemberField> led(Collection<PlacedLink> links) {
        long place = links.stream()
                .filter(link -> link.integration().equals(own.id()))
                .mapToLong(PlacedLink::place)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        Set<MemberField> led = new HashSet<>();
        links.stream()
                .filter(link -> link.place() < place)
                .flatMap(link -> integration(link.integration()).stream())
                .forEach(other -> other.mapping().mappings().stream()
                        .filter(mapping -> mapping.direction().in())
                        .map(Mapping::field)
                        .filter(field -> shared(field, own, other))
                        .filter(field -> !field.equals(MemberField.PROTECTED_ADDRESS))
                        .forEach(led::add));
        return led;
    }

    /** Whether a field of a member is the same one in two integrations. */
    static boolean shared(MemberField field, Integration one, Integration other) {
        return field.owner() == MemberField.Owner.PERSON || one.organization().equals(other.organization());
    }

    private Optional<Integration> integration(IntegrationId id) {
        return known.computeIfAbsent(
                id, wanted -> session.settings().find(wanted).map(StoredIntegration::integration));
    }
}
