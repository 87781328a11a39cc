package io.membersync.health;

/** How an integration is. Where several hold, the one counts that stands first here. */
public enum HealthState {
    /** The organization has no member system. */
    NONE(Light.GREY),
    /** It was switched off. */
    DISABLED(Light.GREY),
    /** Its first full sync waits or is in progress. */
    INITIAL_SYNC(Light.YELLOW),
    /** It has a schedule, and no sync has succeeded for 24 hours. */
    STALE(Light.RED),
    /** Two syncs in a row failed, or one in a way that does not pass by itself. */
    FAILING(Light.RED),
    /** A run is paused: nothing is synchronized until it is resumed or cancelled. */
    PAUSED(Light.YELLOW),
    /** Changes of many members wait for approval. */
    HELD(Light.YELLOW),
    /** Nothing was synchronized yet. */
    NOT_YET_SYNCED(Light.GREY),
    /** It works, but something is late, failed, or could not be used. */
    DEGRADED(Light.YELLOW),
    /** All is well. */
    HEALTHY(Light.GREEN);

    private final Light light;

    HealthState(Light light) {
        this.light = light;
    }

    /** {@return how it is shown at a glance} */
    public Light light() {
        return light;
    }
}
