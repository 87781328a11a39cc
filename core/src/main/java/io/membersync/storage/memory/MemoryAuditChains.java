package io.membersync.storage.memory;

import io.membersync.audit.AuditEntry;
import io.membersync.fault.StaleVersionException;
import io.membersync.member.RecordId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.AuditChainStore;
import io.membersync.storage.AuditHead;
import io.membersync.storage.AuditLink;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Audit entries by organization and place. */
final class MemoryAuditChains implements AuditChainStore {

    private final MemorySession session;

    MemoryAuditChains(MemorySession session) {
        this.session = session;
    }

    /** Gives a number as text of fixed width, so that numbers sort as text. */
    static String sortable(long number) {
        return String.format(Locale.ROOT, "%016x", number);
    }

    @Override
    public List<OrganizationId> waiting() {
        return session.tables().auditWaiting.all().keySet().stream()
                .map(RowKey::owner)
                .distinct()
                .map(OrganizationId::of)
                .toList();
    }

    @Override
    public List<AuditLink> waiting(OrganizationId organization, Optional<String> after, int limit) {
        return links(
                organization,
                session.tables()
                        .auditWaiting
                        .behind(organization.value(), after)
                        .values(),
                limit);
    }

    @Override
    public List<AuditLink> sealed(OrganizationId organization, long after, int limit) {
        return links(
                organization,
                session.tables()
                        .auditPlaces
                        .behind(organization.value(), Optional.of(sortable(after)))
                        .values(),
                limit);
    }

    private List<AuditLink> links(OrganizationId organization, Collection<String> numbers, int limit) {
        return numbers.stream()
                .limit(limit)
                .map(number -> session.tables()
                        .audit
                        .find(organization.value(), number)
                        .orElseThrow())
                .toList();
    }

    @Override
    public Optional<AuditLink> repeated(OrganizationId organization) {
        Set<String> salts = new HashSet<>();
        return session.tables().audit.of(organization.value()).values().stream()
                .filter(link -> !link.signed().salt().isEmpty())
                .filter(link -> !salts.add(link.signed().salt()))
                .reduce((one, later) -> later);
    }

    @Override
    public void seal(OrganizationId organization, List<AuditLink> links) {
        for (AuditLink link : links) {
            session.tables().audit.put(organization.value(), link.id(), link);
            session.tables().auditPlaces.put(organization.value(), sortable(link.number()), link.id());
            session.tables().auditWaiting.remove(organization.value(), link.id());
        }
    }

    @Override
    public Optional<AuditHead> head(OrganizationId organization) {
        return session.tables().auditHeads.find(organization.value(), "");
    }

    @Override
    public void saveHead(AuditHead head, Optional<AuditHead> before) {
        if (!head(head.organization()).equals(before)) {
            throw new StaleVersionException("The head of the audit of '" + head.organization() + "'");
        }
        session.tables().auditHeads.put(head.organization().value(), "", head);
    }

    @Override
    public int forget(OrganizationId organization, long upTo) {
        List<RowKey> places = List.copyOf(session.tables()
                .auditPlaces
                .between(organization.value(), Optional.empty(), Optional.of(sortable(upTo)))
                .keySet());
        for (RowKey place : places) {
            String number =
                    session.tables().auditPlaces.find(place.owner(), place.id()).orElseThrow();
            session.tables().audit.remove(place.owner(), number);
            session.tables().auditPlaces.remove(place.owner(), place.id());
        }
        return places.size();
    }

    @Override
    public List<AuditLink> about(
            OrganizationId organization, Collection<MemberId> members, Collection<RecordId> records) {
        return session.tables().audit.of(organization.value()).values().stream()
                .filter(link -> about(link.signed().entry(), members, records))
                .toList();
    }

    private static boolean about(AuditEntry entry, Collection<MemberId> members, Collection<RecordId> records) {
        return entry.member().filter(members::contains).isPresent()
                || entry.externalId()
                        .flatMap(id -> entry.integration().map(integration -> new RecordId(integration, id)))
                        .filter(records::contains)
                        .isPresent();
    }

    @Override
    public void erase(OrganizationId organization, List<AuditLink> entries) {
        entries.forEach(link -> session.tables().audit.put(organization.value(), link.id(), link));
    }
}
