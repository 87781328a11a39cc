package io.membersync.internal.pipeline;

import io.membersync.model.ExternalId;
import java.util.List;

/**
 * Step 9: separates what is applied now from what waits. Members that a full listing passed over are listed and never
 * applied by a run: absence is no proof of anything until the read is complete and a person, or a limit, has let it
 * through.
 */
public final class MassChangeGuard {

    private MassChangeGuard() {}

    /**
     * Decides what a listing's gaps come to.
     *
     * @param gaps the ids of live links that the listing passed over
     * @param provable true while nothing stands against calling the listing complete
     * @return the ids to be listed as absent; empty when nothing may be concluded
     */
    public static List<ExternalId> listed(List<ExternalId> gaps, boolean provable) {
        return provable ? List.copyOf(gaps) : List.of();
    }
}
