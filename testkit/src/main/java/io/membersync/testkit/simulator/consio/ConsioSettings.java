package io.membersync.testkit.simulator.consio;

import io.membersync.testkit.internal.RequestQuota;
import io.membersync.testkit.simulator.Answer;
import java.util.Optional;

/** What holds for every request; some of it may change while the registry runs. Threads: safe for many threads. */
final class ConsioSettings {

    private final long organizationId;
    private final String organizationName;
    private final boolean bareDeletedList;
    private final Optional<RequestQuota> quota;
    private final boolean tellsRetryAfter;
    private volatile boolean tidies;
    private volatile String apiVersion;
    private volatile Optional<Boolean> webhooks;

    ConsioSettings(ConsioSimulatorBuilder setup) {
        this.organizationId = setup.organizationId;
        this.organizationName = setup.organizationName;
        this.bareDeletedList = setup.bareDeletedList;
        this.quota = setup.quota;
        this.tellsRetryAfter = setup.tellsRetryAfter;
        this.apiVersion = setup.apiVersion;
        this.webhooks = setup.webhooks;
    }

    long organizationId() {
        return organizationId;
    }

    String organizationName() {
        return organizationName;
    }

    boolean bareDeletedList() {
        return bareDeletedList;
    }

    Optional<RequestQuota> quota() {
        return quota;
    }

    Answer paused(Answer refusal, RequestQuota.Left left) {
        return tellsRetryAfter ? refusal.with("Retry-After", Long.toString(left.resetSeconds())) : refusal;
    }

    String apiVersion() {
        return apiVersion;
    }

    void apiVersion(String other) {
        apiVersion = other;
    }

    boolean tidies() {
        return tidies;
    }

    void tidies(boolean on) {
        tidies = on;
    }

    Optional<Boolean> webhooks() {
        return webhooks;
    }

    void webhooks(boolean on) {
        webhooks = Optional.of(on);
    }
}
