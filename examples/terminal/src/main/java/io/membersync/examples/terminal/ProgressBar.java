package io.membersync.examples.terminal;

import io.membersync.run.RunProgress;
import java.time.Duration;
import java.util.Locale;

/** Shows how far a run has come: share, records, rate and time left. For one thread. */
public final class ProgressBar {

    private static final int WIDTH = 30;

    private final Screen screen;

    /**
     * Makes a bar.
     *
     * @param screen where it is shown
     */
    public ProgressBar(Screen screen) {
        this.screen = screen;
    }

    /**
     * Shows where a run stands.
     *
     * @param progress the run
     */
    public void show(RunProgress progress) {
        screen.passing(text(progress));
    }

    private String text(RunProgress progress) {
        if (progress.run().counts().read() == 0) {
            return "   waiting for the first page";
        }
        StringBuilder text = new StringBuilder("   ");
        progress.share().ifPresent(share -> {
            if (screen.isTerminalLike()) {
                text.append(bar(share)).append(' ');
            }
            text.append(String.format(Locale.ROOT, "%3d %%  ", (int) (share * 100)));
        });
        text.append(String.format(Locale.ROOT, "%,d", progress.run().counts().read()));
        progress.total().ifPresent(total -> text.append(String.format(Locale.ROOT, " of %,d", total)));
        text.append(" records");
        if (progress.perSecond() > 0) {
            text.append(String.format(Locale.ROOT, "  %,.0f/s", progress.perSecond()));
        }
        progress.left().ifPresent(left -> text.append("  ").append(left(left)));
        return text.toString();
    }

    private static String bar(double share) {
        int done = (int) Math.round(share * WIDTH);
        return "[" + "#".repeat(done) + "-".repeat(WIDTH - done) + "]";
    }

    private static String left(Duration left) {
        long seconds = left.plusMillis(999).toSeconds();
        return seconds < 60 ? seconds + " s left" : (seconds + 59) / 60 + " min left";
    }
}
