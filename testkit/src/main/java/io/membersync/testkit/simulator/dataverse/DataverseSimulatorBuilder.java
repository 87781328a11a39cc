package io.membersync.testkit.simulator.dataverse;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The options of a {@link DataverseSimulator}. Threads: one at a time.
 */
public final class DataverseSimulatorBuilder {

    String organizationName = "Hørselshemmedes Landsforbund (simulert)";
    String tenant = "11111111-2222-4333-8444-555555555555";
    String clientId = "66666666-7777-4888-8999-aaaaaaaaaaaa";
    String secret = "simulated~client.secret-8f41c07d2b";
    final Map<String, String> keys = new LinkedHashMap<>();
    int members = 100;
    long seed = 1;
    int port;
    int requests = Integer.MAX_VALUE;
    int requestsAtOnce = Integer.MAX_VALUE;
    InstantSource time = InstantSource.system();
    Duration latency = Duration.ZERO;
    boolean strict;

    DataverseSimulatorBuilder() {}

    /**
     * Sets the name that the environment tells of itself.
     *
     * @param name the name
     * @return this builder
     */
    public DataverseSimulatorBuilder organizationName(String name) {
        this.organizationName = name;
        return this;
    }

    /**
     * Sets the application that may use the environment.
     *
     * @param tenantId the tenant's id
     * @param applicationId the application's id
     * @param clientSecret its secret
     * @return this builder
     */
    public DataverseSimulatorBuilder application(String tenantId, String applicationId, String clientSecret) {
        this.tenant = tenantId;
        this.clientId = applicationId;
        this.secret = clientSecret;
        return this;
    }

    /**
     * Lets requests in that carry a key, as behind a gateway in front of the environment.
     *
     * @param header the header's name
     * @param key the key
     * @return this builder
     */
    public DataverseSimulatorBuilder apiKey(String header, String key) {
        keys.put(header, key);
        return this;
    }

    /**
     * Sets how many contacts there are at first; default 100.
     *
     * @param count not negative
     * @return this builder
     */
    public DataverseSimulatorBuilder members(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("members cannot be negative");
        }
        this.members = count;
        return this;
    }

    /**
     * Sets the seed of the contacts; default 1.
     *
     * @param number the number
     * @return this builder
     */
    public DataverseSimulatorBuilder seed(long number) {
        this.seed = number;
        return this;
    }

    /**
     * Sets the environment's port on the loopback address; default 0, which takes any that is free.
     *
     * @param number the number
     * @return this builder
     */
    public DataverseSimulatorBuilder port(int number) {
        this.port = number;
        return this;
    }

    /**
     * Sets the clock of environment and sign-in service; default the machine's.
     *
     * @param source the clock
     * @return this builder
     */
    public DataverseSimulatorBuilder time(InstantSource source) {
        this.time = source;
        return this;
    }

    /**
     * Sets the time before each answer; default none.
     *
     * @param delay how much later
     * @return this builder
     */
    public DataverseSimulatorBuilder latency(Duration delay) {
        this.latency = delay;
        return this;
    }

    /**
     * Sets the service protection limits; default none.
     *
     * @param inFiveMinutes the most requests in a sliding window of 300 seconds
     * @param atOnce the most requests at once
     * @return this builder
     */
    public DataverseSimulatorBuilder limits(int inFiveMinutes, int atOnce) {
        this.requests = inFiveMinutes;
        this.requestsAtOnce = atOnce;
        return this;
    }

    /**
     * Notes where a client breaks the documented rules, for {@link DataverseSimulator#violations()}; default off.
     *
     * @param on whether
     * @return this builder
     */
    public DataverseSimulatorBuilder strict(boolean on) {
        this.strict = on;
        return this;
    }

    /**
     * Starts the simulator.
     *
     * @return the simulator, to be closed after use
     */
    public DataverseSimulator start() {
        return new DataverseSimulator(this);
    }
}
