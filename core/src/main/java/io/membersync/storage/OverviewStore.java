package io.membersync.storage;

import io.membersync.model.IntegrationId;
import java.util.Collection;
import java.util.Map;

/** What the other stores hold, summed up for many integrations at once. It writes nothing. */
public interface OverviewStore {

    /**
     * Sums up.
     *
     * @param integrations which; one that is not stored is left out
     * @return what is stored about each; the cost does not grow with the runs that there were
     */
    Map<IntegrationId, Overview> of(Collection<IntegrationId> integrations);
}
