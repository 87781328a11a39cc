package io.membersync.enginetests;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.Call;
import io.membersync.testkit.simulator.Fault;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a registry's answers back until it is opened, so that a test can act in the middle of a run. */
final class Gate implements Fault {

    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public Answer answer(Call call) {
        reached.countDown();
        await(open);
        return call.proceed();
    }

    /** Waits until a request stands before the gate. */
    void awaitRequest() {
        await(reached);
    }

    void open() {
        open.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody came to the gate, or nobody opened it");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
