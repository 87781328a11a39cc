package io.membersync.enginetests;

import io.membersync.testkit.engine.SettableTime;

/** The registries that members are exchanged with. */
enum RegistryKind {
    CORNERSTONE,
    CONSIO,
    DYNAMICS;

    RegistrySide start(SettableTime time) {
        return switch (this) {
            case CORNERSTONE -> new CornerstoneSide(time);
            case CONSIO -> new ConsioSide(time);
            case DYNAMICS -> new DynamicsSide(time);
        };
    }
}
