package io.membersync.storage.memory;

import io.membersync.conflict.Conflict;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.storage.EditMark;
import io.membersync.storage.EditStore;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Marks of edits; every mark gets a number of its own as its edition. */
final class MemoryEdits implements EditStore {

    private final MemorySession session;

    MemoryEdits(MemorySession session) {
        this.session = session;
    }

    @Override
    public void mark(Collection<MemberId> members, Instant at) {
        Tables tables = session.tables();
        for (MemberId member : members) {
            tables.linksOfMembers.of(member.value()).forEach((key, id) -> {
                String integration = key.id();
                tables.edits.put(integration, id.value(), new EditMark(id, tables.nextNumber(), Optional.of(at)));
            });
        }
    }

    @Override
    public void markApart(IntegrationId integration) {
        Tables tables = session.tables();
        tables.links.of(integration.value()).values().stream()
                .filter(Link::live)
                .filter(link -> link.agreed().apart() || hasOpenConflict(integration, link))
                .map(Link::externalId)
                .forEach(id -> again(integration.value(), id));
    }

    @Override
    public void markAgain(Collection<MemberId> members) {
        for (MemberId member : members) {
            session.tables().linksOfMembers.of(member.value()).forEach((key, id) -> again(key.id(), id));
        }
    }

    private void again(String integration, ExternalId id) {
        Tables tables = session.tables();
        Optional<Instant> edited = tables.edits.find(integration, id.value()).flatMap(EditMark::editedAt);
        tables.edits.put(integration, id.value(), new EditMark(id, tables.nextNumber(), edited));
    }

    private boolean hasOpenConflict(IntegrationId integration, Link link) {
        String member = link.member().orElseThrow().value();
        return session.tables().conflicts.group(integration.value(), member, Optional.empty()).values().stream()
                .anyMatch(Conflict::open);
    }

    @Override
    public List<EditMark> pending(IntegrationId integration, Optional<ExternalId> after, int limit) {
        return session.tables().edits.behind(integration.value(), after.map(ExternalId::value)).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public Map<ExternalId, EditMark> load(IntegrationId integration, Collection<ExternalId> ids) {
        Tables tables = session.tables();
        Map<ExternalId, EditMark> found = new LinkedHashMap<>();
        for (ExternalId id : ids) {
            tables.edits.find(integration.value(), id.value()).ifPresent(mark -> found.put(id, mark));
        }
        return found;
    }

    @Override
    public void clear(IntegrationId integration, Collection<EditMark> seen) {
        Tables tables = session.tables();
        for (EditMark mark : seen) {
            String id = mark.externalId().value();
            tables.edits
                    .find(integration.value(), id)
                    .filter(now -> now.edition() == mark.edition())
                    .ifPresent(same -> tables.edits.remove(integration.value(), id));
        }
    }
}
