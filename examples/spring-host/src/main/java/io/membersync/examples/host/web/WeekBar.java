package io.membersync.examples.host.web;

import io.membersync.enrichment.EnrichedWeek;
import java.util.ArrayList;
import java.util.List;

/**
 * A week's bar in a drawing of {@value #WIDTH} by {@value #HEIGHT}. Immutable.
 *
 * @param week the week
 * @param x its left side
 * @param y its top
 * @param width how wide it is
 * @param height how high it is; a line for an empty week
 */
public record WeekBar(EnrichedWeek week, double x, double y, double width, double height) {

    /** How wide the drawing is. */
    public static final int WIDTH = 720;

    /** How high the drawing is. */
    public static final int HEIGHT = 120;

    private static final int MOST = 52;
    private static final int FEWEST = 12;
    private static final double SHARE = 0.8;

    /** {@return the last {@value #MOST} weeks, oldest first} */
    static List<WeekBar> of(List<EnrichedWeek> weeks) {
        List<EnrichedWeek> shown = weeks.subList(Math.max(0, weeks.size() - MOST), weeks.size());
        long highest = Math.max(
                1, shown.stream().mapToLong(EnrichedWeek::enriched).max().orElse(1));
        double slot = (double) WIDTH / Math.max(FEWEST, shown.size());
        List<WeekBar> bars = new ArrayList<>();
        for (EnrichedWeek week : shown) {
            double height = Math.max(1, (double) week.enriched() / highest * HEIGHT);
            bars.add(new WeekBar(week, bars.size() * slot, HEIGHT - height, slot * SHARE, height));
        }
        return bars;
    }
}
