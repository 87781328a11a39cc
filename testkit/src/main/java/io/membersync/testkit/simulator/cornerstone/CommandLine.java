package io.membersync.testkit.simulator.cornerstone;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** The simulator as a process of its own. */
final class CommandLine {

    private CommandLine() {}

    static void run(String[] arguments) throws InterruptedException {
        CornerstoneSimulator simulator = parsed(arguments).admin(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
        System.out.println("ready " + simulator.baseUrl() + " " + simulator.apiKey());
        System.out.flush();
        // Ended from outside, or by the admin endpoint, which ends the process itself.
        new CountDownLatch(1).await();
    }

    static CornerstoneSimulatorBuilder parsed(String[] arguments) {
        CornerstoneSimulatorBuilder builder = CornerstoneSimulator.builder();
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        while (!left.isEmpty()) {
            String option = left.removeFirst();
            if (option.equals("--strict")) {
                builder.strict(true);
            } else if (left.isEmpty()) {
                throw new IllegalArgumentException("no value for " + option);
            } else {
                set(builder, option, left.removeFirst());
            }
        }
        return builder;
    }

    private static void set(CornerstoneSimulatorBuilder builder, String option, String value) {
        switch (option) {
            case "--members" -> builder.members(Integer.parseInt(value));
            case "--seed" -> builder.seed(Long.parseLong(value));
            case "--port" -> builder.port(Integer.parseInt(value));
            case "--latency" -> builder.latency(duration(value));
            case "--room" -> builder.room(value, value);
            case "--key" -> builder.apiKey(value);
            case "--page-size" -> builder.pageSize(Math.min(200, Integer.parseInt(value)), Integer.parseInt(value));
            default -> throw new IllegalArgumentException("unknown option " + option);
        }
    }

    /** Reads {@code 20ms}, {@code 2s} or an ISO duration. */
    static Duration duration(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches("[0-9]+ms")) {
            return Duration.ofMillis(Long.parseLong(lower.substring(0, lower.length() - 2)));
        }
        if (lower.matches("[0-9]+s")) {
            return Duration.ofSeconds(Long.parseLong(lower.substring(0, lower.length() - 1)));
        }
        return Duration.parse(text);
    }
}
