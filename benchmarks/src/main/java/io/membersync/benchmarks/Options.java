package io.membersync.benchmarks;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What to measure.
 *
 * @param members how many members the registry has
 * @param rounds how often everything is measured; the median counts
 * @param changes how many changes the deltas have
 * @param warmUps how many deltas go before the measured ones, so that both programs run compiled code as they do in a
 *     host that has been up for a while
 * @param repeats how often each delta is measured in a round
 * @param sharedBuffers PostgreSQL's cache
 * @param engineFlags flags for the engine's JVMs alone, such as those of a profiler
 */
record Options(
        int members,
        int rounds,
        List<Integer> changes,
        int warmUps,
        int repeats,
        String sharedBuffers,
        List<String> engineFlags) {

    static final String USAGE = "--members 200000 --rounds 3 --changes 1,10,100,1000 --warm-ups 300 --repeats 5"
            + " --shared-buffers 1GB --engine-flags -XX:+SomeFlag,-XX:OtherFlag=1";

    static Options parse(String... arguments) {
        int members = 200_000;
        int rounds = 3;
        int warmUps = 300;
        int repeats = 5;
        String buffers = "1GB";
        List<Integer> changes = List.of(1, 10, 100, 1_000);
        List<String> flags = List.of();
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        while (left.size() > 1) {
            String option = left.removeFirst();
            String value = left.removeFirst();
            switch (option) {
                case "--members" -> members = Integer.parseInt(value);
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--warm-ups" -> warmUps = Integer.parseInt(value);
                case "--repeats" -> repeats = Integer.parseInt(value);
                case "--shared-buffers" -> buffers = value;
                case "--changes" -> changes = numbers(value);
                case "--engine-flags" -> flags = List.of(value.split(",", -1));
                default -> throw new IllegalArgumentException("Unknown option " + option + "; there are: " + USAGE);
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("No value for " + left.getFirst() + "; there are: " + USAGE);
        }
        return new Options(members, rounds, changes, warmUps, repeats, buffers, flags);
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(number -> !number.isBlank())
                .map(Integer::parseInt)
                .toList();
    }
}
