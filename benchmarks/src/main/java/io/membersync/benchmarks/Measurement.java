package io.membersync.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one piece of work took.
 *
 * @param wall seconds, without the start of the JVM and of what is in it
 * @param jvmCpu CPU seconds of the JVM
 * @param databaseCpu CPU seconds of all of PostgreSQL's processes
 * @param statements SQL statements, without those that begin and end transactions
 * @param transactions transactions begun
 * @param requests HTTP requests
 * @param heap the largest heap right after a collection, in MB
 * @param wal write-ahead log, in MB
 * @param done what was done
 */
record Measurement(
        double wall,
        double jvmCpu,
        double databaseCpu,
        double statements,
        double transactions,
        double requests,
        double heap,
        double wal,
        String done) {

    double cpu() {
        return jvmCpu + databaseCpu;
    }

    /** The median of each number on its own. */
    static Measurement median(List<Measurement> all) {
        return new Measurement(
                median(all, Measurement::wall),
                median(all, Measurement::jvmCpu),
                median(all, Measurement::databaseCpu),
                median(all, Measurement::statements),
                median(all, Measurement::transactions),
                median(all, Measurement::requests),
                median(all, Measurement::heap),
                median(all, Measurement::wal),
                all.get(all.size() - 1).done());
    }

    /** The same, with the mean of CPU times, which are told in steps of 10 ms. */
    static Measurement typical(List<Measurement> all) {
        Measurement median = median(all);
        return new Measurement(
                median.wall,
                all.stream().mapToDouble(Measurement::jvmCpu).average().orElse(0),
                all.stream().mapToDouble(Measurement::databaseCpu).average().orElse(0),
                median.statements,
                median.transactions,
                median.requests,
                median.heap,
                median.wal,
                median.done);
    }

    private static double median(List<Measurement> all, ToDoubleFunction<Measurement> number) {
        List<Double> sorted =
                new ArrayList<>(all.stream().map(number::applyAsDouble).toList());
        sorted.sort(Comparator.naturalOrder());
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
