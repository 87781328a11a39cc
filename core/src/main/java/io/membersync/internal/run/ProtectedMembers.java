package io.membersync.internal.run;

import io.membersync.internal.pipeline.Protection;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.storage.PlacedLink;
import io.membersync.storage.Session;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose address a registry marks as protected, by what was last read of it. Stateless. */
public final class ProtectedMembers {

    private ProtectedMembers() {}

    /**
     * Finds the protected among members.
     *
     * @param session where it is looked up
     * @param members the members
     * @return those that a registry marks to which they are linked; one registry's word is enough
     */
    public static Set<MemberId> among(Session session, Collection<MemberId> members) {
        return members.isEmpty() ? Set.of() : by(session, session.links().everywhere(members));
    }

    /** The members that one of these links marks. */
    static Set<MemberId> by(Session session, Collection<PlacedLink> links) {
        return by(
                session,
                links.stream()
                        .collect(Collectors.groupingBy(
                                PlacedLink::integration,
                                Collectors.mapping(PlacedLink::externalId, Collectors.toList()))));
    }

    /**
     * Finds the members that records mark, also those that are gone.
     *
     * @param session where it is looked up
     * @param records the registries' ids, by integration
     * @return the members that they are or were linked to, where the last word of the record is that
     */
    public static Set<MemberId> by(Session session, Map<IntegrationId, List<ExternalId>> records) {
        Set<MemberId> marked = new HashSet<>();
        records.forEach((integration, ids) -> session.links().load(integration, ids).values().stream()
                .filter(link -> Protection.marked(link.agreed()))
                .forEach(link -> link.member().ifPresent(marked::add)));
        return marked;
    }
}
