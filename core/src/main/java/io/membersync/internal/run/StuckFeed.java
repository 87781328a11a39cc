package io.membersync.internal.run;

import io.membersync.connector.Cursor;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.model.IntegrationId;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.storage.RunStore;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A place in the change feed that a registry does not take, without saying that it has expired: the stored link leads to
 * an address of before, or the registry was restored and knows nothing of it. The next full sync then brings a new place.
 */
final class StuckFeed {

    private static final Set<Fault> REFUSALS = EnumSet.of(Fault.ENDPOINT, Fault.REJECTED, Fault.UNREADABLE);
    private static final int LATEST = 50;
    private static final String WAY_OUT = " If it is right, the stored place in the change feed may be what is refused:"
            + " the next full sync finds a new one.";

    private StuckFeed() {}

    /** Tells whether the last delta did not get over the place that it began at. */
    static boolean stuck(RunStore runs, IntegrationId integration) {
        return runs.list(integration, Optional.empty(), LATEST).items().stream()
                .filter(run -> run.kind() == RunKind.DELTA)
                .findFirst()
                .filter(run -> run.state() == RunState.FAILED && atTheStart(run))
                .flatMap(Run::failure)
                .flatMap(RunFailure::fault)
                .filter(REFUSALS::contains)
                .isPresent();
    }

    /** Adds to a failure's advice what helps where the place itself is refused. */
    static String advice(Run run, RegistryException failed) {
        boolean refused = run.kind() == RunKind.DELTA && atTheStart(run) && REFUSALS.contains(failed.fault());
        return refused ? failed.advice() + WAY_OUT : failed.advice();
    }

    private static boolean atTheStart(Run run) {
        return run.checkpoint().cursor().equals(Cursor.START);
    }
}
