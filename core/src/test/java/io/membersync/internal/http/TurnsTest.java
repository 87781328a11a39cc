package io.membersync.internal.http;

import static io.membersync.internal.http.Urgency.BACKGROUND;
import static io.membersync.internal.http.Urgency.PERSON_WAITS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who comes when, where turns are few. */
@Timeout(60)
class TurnsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Turns turns = new Turns(1);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Future<Boolean> queue(String who, Urgency urgency) {
        int before = turns.waiting();
        Future<Boolean> queued = threads.submit(() -> {
            boolean entered = turns.enter(urgency, LONG);
            order.add(who);
            turns.leave();
            return entered;
        });
        awaitWaiting(before + 1);
        return queued;
    }

    private void awaitWaiting(int threads) {
        while (turns.waiting() != threads) {
            Thread.onSpinWait();
        }
    }

    @Test
    void everySecondTurnIsAPersonsWhileOneWaits() throws Exception {
        assertThat(turns.enter(BACKGROUND, LONG)).isTrue();
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            all.add(queue("b" + i, BACKGROUND));
        }
        for (int i = 1; i <= 3; i++) {
            all.add(queue("p" + i, PERSON_WAITS));
        }

        turns.leave();

        for (Future<Boolean> turn : all) {
            assertThat(turn.get()).isTrue();
        }
        assertThat(order).containsExactly("p1", "b1", "p2", "b2", "p3", "b3", "b4", "b5", "b6");
    }

    @Test
    void whoComesAgainGoesFirst() throws Exception {
        assertThat(turns.enter(BACKGROUND, LONG)).isTrue();
        List<Future<Boolean>> all = new ArrayList<>(List.of(queue("b1", BACKGROUND), queue("b2", BACKGROUND)));
        all.add(threads.submit(() -> {
            boolean entered = turns.enterAgain(BACKGROUND, LONG);
            order.add("again");
            turns.leave();
            return entered;
        }));
        awaitWaiting(3);

        turns.leave();

        for (Future<Boolean> turn : all) {
            assertThat(turn.get()).isTrue();
        }
        assertThat(order).containsExactly("again", "b1", "b2");
    }

    @Test
    void whoGivesUpTakesNobodysTurn() throws Exception {
        assertThat(turns.enter(PERSON_WAITS, LONG)).isTrue();
        assertThat(turns.enter(PERSON_WAITS, Duration.ofMillis(5))).isFalse();
        Future<Boolean> interrupted = queue("stopped", BACKGROUND);
        Future<Boolean> last = queue("last", BACKGROUND);
        interrupted.cancel(true);
        awaitWaiting(1);

        turns.leave();

        assertThat(last.get()).isTrue();
        assertThat(order).containsExactly("last");
        assertThat(turns.enter(BACKGROUND, Duration.ZERO)).isTrue();
    }

    @Test
    void fewerAreLetInAfterNarrowingAndAsManyAfterWidening() throws Exception {
        Turns wide = new Turns(3);
        assertThat(wide.enter(BACKGROUND, LONG)).isTrue();
        assertThat(wide.enter(BACKGROUND, LONG)).isTrue();
        wide.widen(-2);
        wide.leave();
        assertThat(wide.enter(BACKGROUND, Duration.ZERO)).isFalse();
        wide.leave();
        assertThat(wide.enter(BACKGROUND, Duration.ZERO)).isTrue();
        wide.widen(1);
        assertThat(wide.enter(PERSON_WAITS, Duration.ZERO)).isTrue();
    }
}
