package io.membersync.internal.run;

import java.time.Duration;
import java.util.Objects;

/**
 * When a batch is committed: whatever comes first.
 *
 * @param changedRows records to be planned
 * @param pages pages read
 * @param age time since the last commit
 */
public record BatchLimits(int changedRows, int pages, Duration age) {

    /** 500 rows, 20 pages or 2 seconds. */
    public static final BatchLimits STANDARD = new BatchLimits(500, 20, Duration.ofSeconds(2));

    /** Refuses what would never commit. */
    public BatchLimits {
        Objects.requireNonNull(age, "age");
        if (changedRows < 1 || pages < 1 || age.isNegative()) {
            throw new IllegalArgumentException("A batch holds at least one row and one page");
        }
    }
}
