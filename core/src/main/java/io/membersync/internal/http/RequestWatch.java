package io.membersync.internal.http;

/** Hears of every request that was sent. Called on the thread that sent it; does not throw. */
@FunctionalInterface
public interface RequestWatch {

    /** Nobody. */
    RequestWatch NONE = (integration, outcome, nanos) -> {};

    /**
     * A request was answered, or failed.
     *
     * @param integration for whom
     * @param outcome its status, or the fault where no answer came
     * @param nanos how long it took
     */
    void sent(String integration, String outcome, long nanos);
}
