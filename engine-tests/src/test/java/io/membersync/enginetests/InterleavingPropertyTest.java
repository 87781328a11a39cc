package io.membersync.enginetests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In whatever order both sides are edited and runs are made, every run leaves what the rules say, and once both sides
 * are quiet nothing is written any more. {@code -Dmembersync.seed=42} plays one seed again, everywhere.
 */
class InterleavingPropertyTest {

    private static final int STEPS = 60;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("fewPlays")
    void everyRunLeavesWhatTheRulesSay(Place place, long seed) {
        check(place, seed);
    }

    @Tag("thorough")
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("manyPlays")
    void everyRunLeavesWhatTheRulesSayInManyOrders(Place place, long seed) {
        check(place, seed);
    }

    static Stream<Arguments> fewPlays() {
        return plays(6, 1);
    }

    static Stream<Arguments> manyPlays() {
        return plays(300, 20);
    }

    private static Stream<Arguments> plays(int inMemory, int inDatabase) {
        Optional<Long> chosen = Optional.ofNullable(Long.getLong("membersync.seed"));
        return Stream.of(Place.values())
                .flatMap(place -> chosen.map(LongStream::of)
                        .orElseGet(() -> LongStream.rangeClosed(1, place == Place.MEMORY ? inMemory : inDatabase))
                        .mapToObj(seed -> Arguments.of(place, seed)));
    }

    private void check(Place place, long seed) {
        Optional<AssertionError> failure = failure(place, seed, STEPS);
        for (int steps = 0; failure.isPresent() && steps < STEPS; steps++) {
            failure(place, seed, steps).ifPresent(shorter -> {
                throw shorter;
            });
        }
        failure.ifPresent(whole -> {
            throw whole;
        });
    }

    private Optional<AssertionError> failure(Place place, long seed, int steps) {
        Interleaving interleaving = new Interleaving(seed);
        try {
            interleaving.play(place.open(Files.createTempDirectory(folder, "play")), steps);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AssertionError | RuntimeException failed) {
            return Optional.of(new AssertionError(
                    "-Dmembersync.seed=" + seed + " fails on " + place + " after " + steps + " steps: "
                            + failed.getMessage() + "\n" + interleaving.story(),
                    failed));
        }
    }
}
