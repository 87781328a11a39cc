package io.membersync.storage.memory;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.storage.LinkMark;
import io.membersync.storage.LinkStore;
import io.membersync.storage.PlacedLink;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Links, and which member each live one holds. */
final class MemoryLinks implements LinkStore {

    private final MemorySession session;

    MemoryLinks(MemorySession session) {
        this.session = session;
    }

    @Override
    public List<LinkMark> marks(
            IntegrationId integration, Optional<ExternalId> after, Optional<ExternalId> upTo, int limit) {
        return session
                .tables()
                .links
                .between(integration.value(), after.map(ExternalId::value), upTo.map(ExternalId::value))
                .values()
                .stream()
                .limit(limit)
                .map(link -> mark(integration, link))
                .toList();
    }

    @Override
    public List<LinkMark> marks(IntegrationId integration, Collection<ExternalId> ids) {
        Tables tables = session.tables();
        return new LinkedHashSet<>(ids)
                .stream()
                        .flatMap(id -> tables.links.find(integration.value(), id.value()).stream())
                        .map(link -> mark(integration, link))
                        .toList();
    }

    @Override
    public Map<ExternalId, Link> load(IntegrationId integration, Collection<ExternalId> ids) {
        Tables tables = session.tables();
        Map<ExternalId, Link> found = new LinkedHashMap<>();
        for (ExternalId id : ids) {
            tables.links.find(integration.value(), id.value()).ifPresent(link -> found.put(id, link));
        }
        return found;
    }

    @Override
    public List<Link> ofMembers(IntegrationId integration, Collection<MemberId> members) {
        Tables tables = session.tables();
        return new LinkedHashSet<>(members)
                .stream()
                        .flatMap(member -> tables.liveLinks.find(integration.value(), member.value()).stream())
                        .flatMap(id -> tables.links.find(integration.value(), id.value()).stream())
                        .toList();
    }

    @Override
    public void save(IntegrationId integration, List<Link> links) {
        checkDistinct(links);
        links.forEach(link -> checkRevision(integration, link));
        links.forEach(link -> giveUp(integration, link.externalId()));
        links.forEach(link -> store(integration, link));
    }

    @Override
    public Map<MemberId, ExternalId> recordsOf(IntegrationId integration, Collection<MemberId> members) {
        Map<MemberId, ExternalId> records = new LinkedHashMap<>();
        for (MemberId member : members) {
            session.tables()
                    .liveLinks
                    .find(integration.value(), member.value())
                    .ifPresent(record -> records.put(member, record));
        }
        return records;
    }

    @Override
    public List<PlacedLink> everywhere(Collection<MemberId> members) {
        return new LinkedHashSet<>(members).stream().flatMap(this::placed).toList();
    }

    private Stream<PlacedLink> placed(MemberId member) {
        Tables tables = session.tables();
        return tables.linksOfMembers.of(member.value()).entrySet().stream()
                .map(entry -> new PlacedLink(
                        IntegrationId.of(entry.getKey().id()),
                        entry.getValue(),
                        member,
                        tables.places
                                .find(entry.getKey().id(), entry.getValue().value())
                                .orElseThrow()));
    }

    @Override
    public void putFirst(IntegrationId integration, ExternalId id) {
        find(integration, id).filter(Link::live).flatMap(Link::member).ifPresent(member -> {
            long first = placed(member).mapToLong(PlacedLink::place).min().orElseThrow();
            session.tables().places.put(integration.value(), id.value(), first - 1);
        });
    }

    @Override
    public void forget(IntegrationId integration, Instant before) {
        Tables tables = session.tables();
        List<String> old = tables.links.of(integration.value()).values().stream()
                .filter(link -> !link.live() && !link.readAt().isAfter(before))
                .map(link -> link.externalId().value())
                .toList();
        for (String id : old) {
            tables.links.remove(integration.value(), id);
            tables.places.remove(integration.value(), id);
        }
    }

    @Override
    public Map<IntegrationId, ExternalId> of(MemberId member) {
        Map<IntegrationId, ExternalId> found = new LinkedHashMap<>();
        session.tables()
                .linksOfMembers
                .of(member.value())
                .forEach((key, id) -> found.put(IntegrationId.of(key.id()), id));
        return found;
    }

    @Override
    public long count(IntegrationId integration) {
        return session.tables().liveLinks.count(integration.value());
    }

    private LinkMark mark(IntegrationId integration, Link link) {
        boolean edited = session.tables()
                .edits
                .has(integration.value(), link.externalId().value());
        return new LinkMark(link.externalId(), link.hash().orElse(null), edited, link.live());
    }

    private static void checkDistinct(List<Link> links) {
        Set<ExternalId> seen = new HashSet<>();
        for (Link link : links) {
            if (!seen.add(link.externalId())) {
                throw new IllegalArgumentException("The link of '" + link.externalId() + "' is to be saved twice");
            }
        }
    }

    private void checkRevision(IntegrationId integration, Link link) {
        long stored = find(integration, link.externalId()).map(Link::revision).orElse(0L);
        if (stored != link.revision()) {
            throw new StaleVersionException("The link of '" + link.externalId() + "' in '" + integration + "'");
        }
    }

    // All members are given up before one is taken, so that a member can move whatever the order of the list.
    private void giveUp(IntegrationId integration, ExternalId id) {
        find(integration, id).filter(Link::live).flatMap(Link::member).ifPresent(member -> {
            session.tables().liveLinks.remove(integration.value(), member.value());
            session.tables().linksOfMembers.remove(member.value(), integration.value());
        });
    }

    private void store(IntegrationId integration, Link link) {
        if (link.live()) {
            link.member().ifPresent(member -> take(integration, member, link.externalId()));
        }
        Tables tables = session.tables();
        tables.links.put(integration.value(), link.externalId().value(), stored(link));
        if (!tables.places.has(integration.value(), link.externalId().value())) {
            tables.places.put(integration.value(), link.externalId().value(), tables.nextNumber());
        }
    }

    private void take(IntegrationId integration, MemberId member, ExternalId id) {
        Tables tables = session.tables();
        if (tables.liveLinks.has(integration.value(), member.value())) {
            throw new StaleVersionException("The link of member '" + member + "' in '" + integration + "'");
        }
        tables.liveLinks.put(integration.value(), member.value(), id);
        tables.linksOfMembers.put(member.value(), integration.value(), id);
    }

    private Optional<Link> find(IntegrationId integration, ExternalId id) {
        return session.tables().links.find(integration.value(), id.value());
    }

    private static Link stored(Link link) {
        return new Link(
                link.externalId(),
                link.member(),
                link.hash(),
                link.version(),
                link.readAt(),
                link.agreed(),
                link.tombstone(),
                link.revision() + 1);
    }
}
