package io.membersync.storage.memory;

import io.membersync.fault.StaleVersionException;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import io.membersync.storage.MatchStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions about whom a record belongs to, by the record's id. */
final class MemoryMatches implements MatchStore {

    private final MemorySession session;

    MemoryMatches(MemorySession session) {
        this.session = session;
    }

    @Override
    public Map<ExternalId, MatchReview> load(IntegrationId integration, Collection<ExternalId> ids) {
        Map<ExternalId, MatchReview> found = new LinkedHashMap<>();
        for (ExternalId id : ids) {
            rows().find(integration.value(), id.value()).ifPresent(review -> found.put(id, review));
        }
        return found;
    }

    @Override
    public void save(Collection<MatchReview> reviews) {
        reviews.forEach(this::checkRevision);
        reviews.forEach(review ->
                rows().put(review.integration().value(), review.externalId().value(), stored(review)));
    }

    @Override
    public void close(Collection<MatchReview> reviews) {
        reviews.forEach(this::checkRevision);
        reviews.forEach(review ->
                rows().remove(review.integration().value(), review.externalId().value()));
    }

    @Override
    public List<MatchReview> decidedFor(IntegrationId integration, MemberId member) {
        return rows().of(integration.value()).values().stream()
                .filter(review -> review.decidedFor(member))
                .toList();
    }

    @Override
    public Slice<MatchReview> list(IntegrationId integration, Optional<String> cursor, int limit) {
        return Slices.cut(
                rows().behind(integration.value(), cursor).values().stream(),
                limit,
                review -> review.externalId().value());
    }

    @Override
    public long count(IntegrationId integration) {
        return rows().count(integration.value());
    }

    private Rows<MatchReview> rows() {
        return session.tables().matches;
    }

    private void checkRevision(MatchReview review) {
        long stored = rows().find(
                        review.integration().value(), review.externalId().value())
                .map(MatchReview::revision)
                .orElse(0L);
        if (stored != review.revision()) {
            throw new StaleVersionException("The question whom '" + review.externalId() + "' belongs to");
        }
    }

    private static MatchReview stored(MatchReview review) {
        return new MatchReview(
                review.integration(),
                review.externalId(),
                review.doubt(),
                review.candidates(),
                review.openedAt(),
                review.changedAt(),
                review.about(),
                review.decision(),
                review.revision() + 1);
    }
}
