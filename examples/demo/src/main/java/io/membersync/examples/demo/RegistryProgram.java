package io.membersync.examples.demo;

import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.io.IOException;
import java.time.Duration;

/**
 * The simulated registry as a program of its own. It ends when its standard input does, which happens however the demo
 * ends: no registry stays behind.
 */
final class RegistryProgram {

    /** Each answer takes a moment, as over a network. */
    private static final Duration LATENCY = Duration.ofMillis(20);

    private RegistryProgram() {}

    /**
     * Starts the registry and prints one line with its address and key.
     *
     * @param arguments how many members, and the seed that they are drawn from
     * @throws IOException when standard input fails
     */
    public static void main(String[] arguments) throws IOException {
        try (CornerstoneSimulator simulator = CornerstoneSimulator.builder()
                .members(Integer.parseInt(arguments[0]))
                .seed(Long.parseLong(arguments[1]))
                .latency(LATENCY)
                .admin(true)
                .start()) {
            System.out.println(simulator.baseUrl() + " " + simulator.apiKey());
            while (System.in.read() >= 0) {
                // Nothing is ever said; only the end counts.
            }
        }
        System.exit(0);
    }
}
