package io.membersync.connector.consio;

import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.SingleReader;
import io.membersync.model.ExternalId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads members one by one: one request each, the registry has no other way, and one more for what became of those that
 * are not there. Safe for many threads.
 */
final class ConsioSingles implements SingleReader {

    private static final int MOST = 100;

    private final ConsioSession session;
    private final InstantSource time;

    ConsioSingles(ConsioSession session, InstantSource time) {
        this.session = session;
        this.time = time;
    }

    @Override
    public Page read(Collection<ExternalId> ids) {
        if (ids.size() > MOST) {
            throw new IllegalArgumentException("At most " + MOST + " members are read at once");
        }
        Instant readAt = time.instant();
        List<ExternalId> missing = new ArrayList<>();
        List<RegistryRecord> records = new ArrayList<>(ids.size());
        for (ExternalId id : ids) {
            Optional<RegistryRecord> found = find(id);
            found.ifPresent(records::add);
            if (found.isEmpty()) {
                missing.add(id);
            }
        }
        if (!missing.isEmpty()) {
            Map<ExternalId, RegistryRecord> gone = gone();
            missing.forEach(id -> records.add(gone.getOrDefault(id, new RegistryRecord.Gone(id, "deleted"))));
        }
        return new Page(records, Optional.empty(), Page.Ending.COMPLETE, Optional.empty(), readAt);
    }

    /** Reads one member. */
    RegistryRecord read(ExternalId id) {
        return read(List.of(id)).records().get(0);
    }

    private Optional<RegistryRecord> find(ExternalId id) {
        // Whatever is no whole number was never a member's id here.
        if (!ConsioRecords.isId(id)) {
            return Optional.empty();
        }
        ConsioApi api = session.opened().api();
        ConsioApi.Answered answered = api.member(id);
        if (api.errors().isNotFound(answered.answer(), answered.envelope())) {
            return Optional.empty();
        }
        return Optional.of(api.only(id, answered.envelope()));
    }

    private Map<ExternalId, RegistryRecord> gone() {
        ConsioApi api = session.opened().api();
        Instant longAgo = time.instant().minus(api.profile().deleted().kept());
        Map<ExternalId, RegistryRecord> gone = new HashMap<>();
        for (RegistryRecord row : api.deleted(longAgo).envelope().records()) {
            if (row instanceof RegistryRecord.Gone left) {
                gone.put(left.externalId(), row);
            } else if (row instanceof RegistryRecord.Merged merged) {
                gone.put(merged.externalId(), row);
            }
        }
        return gone;
    }
}
