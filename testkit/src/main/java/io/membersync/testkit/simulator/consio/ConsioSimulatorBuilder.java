package io.membersync.testkit.simulator.consio;

import io.membersync.testkit.internal.RequestQuota;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The options of a {@link ConsioSimulator}. Threads: one at a time. */
public final class ConsioSimulatorBuilder {

    long organizationId = 42;
    String organizationName = "Demoforbundet";
    String key = "consio_test_5d0c41b7e2";
    String apiVersion = "2.3";
    int members = 100;
    long seed = 1;
    int port;
    InstantSource time = InstantSource.system();
    Duration latency = Duration.ZERO;
    Optional<Boolean> webhooks = Optional.empty();
    Optional<RequestQuota> quota = Optional.empty();
    boolean tellsRetryAfter;
    boolean bareDeletedList;
    boolean strict;

    ConsioSimulatorBuilder() {}

    /**
     * Sets id and name of the organization; default 42 and {@code Demoforbundet}.
     *
     * @param id its id
     * @param name its name
     * @return this builder
     */
    public ConsioSimulatorBuilder organization(long id, String name) {
        this.organizationId = id;
        this.organizationName = name;
        return this;
    }

    /**
     * Sets the key.
     *
     * @param text the key
     * @return this builder
     */
    public ConsioSimulatorBuilder apiKey(String text) {
        this.key = text;
        return this;
    }

    /**
     * Sets the version of the interface; default {@code 2.3}.
     *
     * @param version the version
     * @return this builder
     */
    public ConsioSimulatorBuilder apiVersion(String version) {
        this.apiVersion = version;
        return this;
    }

    /**
     * Sets how many members it starts with; default 100.
     *
     * @param count not negative; each takes about half a kilobyte of memory
     * @return this builder
     */
    public ConsioSimulatorBuilder members(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("members cannot be negative");
        }
        this.members = count;
        return this;
    }

    /**
     * Sets the seed of the members; default 1.
     *
     * @param number the number
     * @return this builder
     */
    public ConsioSimulatorBuilder seed(long number) {
        this.seed = number;
        return this;
    }

    /**
     * Sets the port on the loopback address; default 0, which takes any that is free.
     *
     * @param number the number
     * @return this builder
     */
    public ConsioSimulatorBuilder port(int number) {
        this.port = number;
        return this;
    }

    /**
     * Sets the registry's clock, which is also the one in the {@code Date} of its answers; default the machine's.
     *
     * @param source the clock
     * @return this builder
     */
    public ConsioSimulatorBuilder time(InstantSource source) {
        this.time = source;
        return this;
    }

    /**
     * Sets the time before each answer; default none.
     *
     * @param delay how much later
     * @return this builder
     */
    public ConsioSimulatorBuilder latency(Duration delay) {
        this.latency = delay;
        return this;
    }

    /**
     * Tells in {@code /info} whether the organization's plan has webhooks; default it tells nothing.
     *
     * @param on whether
     * @return this builder
     */
    public ConsioSimulatorBuilder webhooks(boolean on) {
        this.webhooks = Optional.of(on);
        return this;
    }

    /**
     * Limits the requests in fixed windows of time, told in {@code X-RateLimit} headers; default no limit.
     *
     * @param requests how many, at least 1
     * @param window length of a window, at least a second
     * @param retryAfter whether a refusal also tells when to come back
     * @return this builder
     */
    public ConsioSimulatorBuilder rateLimit(int requests, Duration window, boolean retryAfter) {
        this.quota = Optional.of(new RequestQuota(requests, window));
        this.tellsRetryAfter = retryAfter;
        return this;
    }

    /**
     * Answers the list of deleted members without the envelope around it; default off.
     *
     * @param on whether
     * @return this builder
     */
    public ConsioSimulatorBuilder bareDeletedList(boolean on) {
        this.bareDeletedList = on;
        return this;
    }

    /**
     * Notes where a client breaks the contract, for {@link ConsioSimulator#assertNoViolations()}; default off.
     *
     * @param on whether
     * @return this builder
     */
    public ConsioSimulatorBuilder strict(boolean on) {
        this.strict = on;
        return this;
    }

    /**
     * Starts the simulator.
     *
     * @return the simulator, to be closed after use
     */
    public ConsioSimulator start() {
        return new ConsioSimulator(this);
    }
}
