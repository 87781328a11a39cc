package io.membersync.meter;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything that the engine measures. Ids, units and tags are part of the API: a release that changes one says so. */
public enum Meter {
    /** How long a run took from its start to its end; {@code outcome} is the state that it ended in. */
    RUN("membersync.run", Kind.TIMER, "seconds", Fed.RUN_ENDED, "organization", "integration", "kind", "outcome"),
    /** How long a run waited from being queued to its start. */
    RUN_WAIT("membersync.run.wait", Kind.TIMER, "seconds", Fed.RUN_ENDED, "organization", "integration", "kind"),
    /**
     * What became of records: {@code result} is read, created, updated, removed, quarantined, absent or conflict. Counted
     * once, when a run completes or is held; so those of a run that fails count when it is resumed and completes.
     */
    RECORDS("membersync.records", Kind.COUNTER, "records", Fed.RUN_ENDED, "organization", "integration", "result"),
    /** Each request to a registry, repetitions too; {@code outcome} is its status, or the fault where none came. */
    REQUEST("membersync.request", Kind.TIMER, "seconds", Fed.REQUEST, "integration", "outcome"),
    /** 0 for green, 1 for yellow, 2 for red, −1 for grey. */
    LIGHT("membersync.light", Kind.GAUGE, "light", Fed.LOOK, "organization", "integration"),
    /** How long ago a sync of any kind last came to its end; from the activation where none has. */
    SUCCESS_AGE("membersync.success.age", Kind.GAUGE, "seconds", Fed.LOOK, "organization", "integration"),
    /** How long ago a full sync last came to its end; missing where none has. */
    FULL_AGE("membersync.full.age", Kind.GAUGE, "seconds", Fed.LOOK, "organization", "integration"),
    /** How long the sync that is due has been so; 0 when none is. */
    LATENESS("membersync.lateness", Kind.GAUGE, "seconds", Fed.LOOK, "organization", "integration"),
    /** What waits for a person: {@code queue} is quarantine, undelivered, conflicts or unclear. */
    BACKLOG("membersync.backlog", Kind.GAUGE, "items", Fed.LOOK, "organization", "integration", "queue"),
    /** How many alerts are open. */
    ALERTS("membersync.alerts", Kind.GAUGE, "alerts", Fed.LOOK, "organization", "integration");

    /** What is done with values. */
    public enum Kind {
        /** Each is added to those before. */
        COUNTER,
        /** Each is recorded by itself, for counts, sums and percentiles. */
        TIMER,
        /** Each takes the place of the one before. */
        GAUGE
    }

    /** What feeds a meter. */
    private static final class Fed {
        static final String RUN_ENDED = "the end of a run";
        static final String REQUEST = "each answer, or failure to get one";
        static final String LOOK = "the look at all integrations, every 30 seconds";

        private Fed() {}
    }

    private static final String BETWEEN = ",";

    private final String id;
    private final Kind kind;
    private final String unit;
    private final String fedBy;
    private final String tags;

    Meter(String id, Kind kind, String unit, String fedBy, String... tags) {
        this.id = id;
        this.kind = kind;
        this.unit = unit;
        this.fedBy = fedBy;
        this.tags = String.join(BETWEEN, tags);
    }

    /** {@return its name in metrics, such as {@code membersync.run}} */
    public String id() {
        return id;
    }

    /** {@return what is done with its values} */
    public Kind kind() {
        return kind;
    }

    /** {@return the unit of its values, in the plural} */
    public String unit() {
        return unit;
    }

    /** {@return what feeds it, in words} */
    public String fedBy() {
        return fedBy;
    }

    /** {@return the names of its tags, in order} */
    public Set<String> tags() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(tags.split(BETWEEN, -1))));
    }
}
