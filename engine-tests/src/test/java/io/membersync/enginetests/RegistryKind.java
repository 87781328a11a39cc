package io.membersync.enginetests;

import io.membersync.testkit.engine.SettableTime;
import java.util.function.Function;

/** The registries that members are exchanged with. */
enum RegistryKind {
    CORNERSTONE(CornerstoneSide::new),
    CONSIO(ConsioSide::new),
    DYNAMICS(DynamicsSide::new);

    private final Function<SettableTime, RegistrySide> start;

    RegistryKind(Function<SettableTime, RegistrySide> start) {
        this.start = start;
    }

    RegistrySide start(SettableTime time) {
        return start.apply(time);
    }
}
