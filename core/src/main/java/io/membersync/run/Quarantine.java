package io.membersync.run;

import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import java.util.Optional;

/** The records that could not be used. Safe for many threads. */
public interface Quarantine {

    /**
     * Lists an integration's quarantined records, by key.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the first
     * @param limit how many at most, 1 to 1000
     * @return them
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    Slice<QuarantinedRecord> list(IntegrationId integration, Optional<String> cursor, int limit);
}
