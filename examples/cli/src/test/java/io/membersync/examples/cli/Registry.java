package io.membersync.examples.cli;

import io.membersync.testkit.simulator.consio.ConsioSimulator;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;

/**
 * A simulated registry, as a configuration file speaks of it.
 *
 * @param system its system
 * @param endpoint its address
 * @param credentials what opens it, in JSON
 * @param simulator what plays it
 */
record Registry(String system, String endpoint, String credentials, AutoCloseable simulator) implements AutoCloseable {

    static final int MEMBERS = 60;

    static Registry of(String system) {
        return switch (system) {
            case "consio" -> consio();
            case "cornerstone" -> cornerstone();
            default -> dynamics();
        };
    }

    static Registry cornerstone() {
        CornerstoneSimulator simulator =
                CornerstoneSimulator.builder().members(MEMBERS).start();
        return new Registry("cornerstone", simulator.baseUrl().toString(), quoted(simulator.apiKey()), simulator);
    }

    static Registry consio() {
        ConsioSimulator simulator =
                ConsioSimulator.builder().members(MEMBERS).webhooks(true).start();
        return new Registry("consio", simulator.baseUrl().toString(), quoted(simulator.apiKey()), simulator);
    }

    static Registry dynamics() {
        DataverseSimulator simulator =
                DataverseSimulator.builder().members(MEMBERS).start();
        String credentials =
                """
                {"authority": "%s", "tenant": "%s", "clientId": "%s", "clientSecret": "%s"}""".formatted(simulator.loginUrl(), simulator.tenant(), simulator.clientId(), simulator.clientSecret());
        return new Registry("dynamics", simulator.baseUrl().toString(), credentials, simulator);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    String configuration() {
        return configuration("");
    }

    String configuration(String more) {
        return """
                {"organization": "us", "system": "%s", "endpoint": "%s", "credentials": %s, "testMode": true%s}""".formatted(system, endpoint, credentials, more);
    }

    @Override
    public void close() {
        try {
            simulator.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
