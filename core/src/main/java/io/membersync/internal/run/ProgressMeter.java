package io.membersync.internal.run;

import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.run.RunProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Counts a run's records as they are read, and tells rate and time left from the last ten seconds. Thread-safe. */
final class ProgressMeter {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private record Sample(Instant at, long read) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private long read;

    ProgressMeter(long readBefore, Instant now) {
        this.read = readBefore;
        samples.add(new Sample(now, readBefore));
    }

    synchronized void read(int records, Instant now) {
        read += records;
        samples.addLast(new Sample(now, read));
        while (samples.size() > 2
                && Duration.between(samples.getFirst().at(), now).compareTo(WINDOW) > 0) {
            samples.removeFirst();
        }
    }

    synchronized RunProgress progress(Run run) {
        double rate = rate();
        long seen = Math.max(read, run.counts().read());
        Optional<Duration> left = run.total()
                .filter(total -> rate > 0)
                .map(total -> Duration.ofMillis((long) (Math.max(0, total - seen) * 1000 / rate)));
        RunCounts more = new RunCounts(seen - run.counts().read(), 0, 0, 0, 0, 0, 0, 0);
        return new RunProgress(run.at(run.checkpoint(), run.counts().plus(more)), run.total(), rate, left);
    }

    private double rate() {
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long millis = Duration.between(first.at(), last.at()).toMillis();
        return millis <= 0 ? 0 : (last.read() - first.read()) * 1000.0 / millis;
    }
}
