package io.membersync.internal.run;

import io.membersync.conflict.RuleSet;
import io.membersync.connector.Connector;
import io.membersync.internal.erase.ErasureKey;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.pipeline.BatchPlanner;
import io.membersync.internal.pipeline.ProtectionMarks;
import io.membersync.model.IntegrationId;
import io.membersync.run.RunId;
import io.membersync.run.Waiting;
import io.membersync.setup.Integration;
import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.SyncPosition;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * What a run works with.
 *
 * @param storage where everything is kept
 * @param fence the worker's lease
 * @param integration the integration as the run takes it
 * @param inForce the integration as the host's values came by it: the same unless this run tries another
 * @param rules the conflict rules that the run goes by
 * @param trial whether the integration is set up otherwise than is in force, and this run tries it
 * @param first whether nothing is in force yet, because no full sync has come to its end
 * @param position how far the integration was synchronized when the run was taken
 * @param quarantine what was in quarantine then
 * @param pausedBefore the fields that the run before had paused, with the reason
 * @param connector the way to its registry
 * @param time the engine's time
 * @param waiting the engine's waiting
 * @param readers where pages are read ahead
 * @param limits when a batch is committed
 * @param pump who is told
 * @param erasures knows erased persons again
 */
record RunParts(
        Storage storage,
        Fence fence,
        Integration integration,
        Integration inForce,
        RuleSet rules,
        boolean trial,
        boolean first,
        SyncPosition position,
        QuarantineWatch quarantine,
        Map<String, String> pausedBefore,
        Connector connector,
        InstantSource time,
        Waiting waiting,
        ExecutorService readers,
        BatchLimits limits,
        ListenerPump pump,
        ErasureKey erasures) {

    /** The fields that the run before this one had paused. */
    static Map<String, String> pausedBefore(Session session, IntegrationId integration, RunId run) {
        return session.runs().list(integration, Optional.empty(), 2).items().stream()
                .filter(one -> !one.id().equals(run))
                .findFirst()
                .map(before -> before.checkpoint().paused())
                .orElse(Map.of());
    }

    /** A mapper for one thread, who finds the mark of a protected address by either configuration. */
    PageMapper mapper() {
        return new PageMapper(planner(), new ProtectionMarks(List.of(integration.mapping(), inForce.mapping())));
    }

    /** A planner for one thread. */
    BatchPlanner planner() {
        return new BatchPlanner(
                integration.mapping(),
                integration.scope(),
                connector.abilities().orderedVersions(),
                integration.safeguards().leavers());
    }
}
