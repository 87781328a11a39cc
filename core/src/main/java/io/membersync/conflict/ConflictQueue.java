package io.membersync.conflict;

import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import java.util.Optional;

/** The differences that wait for a person. Safe for many threads. */
public interface ConflictQueue {

    /**
     * Lists an integration's open conflicts, by member and field.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the first
     * @param limit how many at most, 1 to 1000
     * @return them
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    Slice<Conflict> open(IntegrationId integration, Optional<String> cursor, int limit);
}
