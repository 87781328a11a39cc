package io.membersync.internal.notify;

import io.membersync.alert.Alert;
import io.membersync.audit.AuditEntry;
import io.membersync.event.SyncEvent;
import io.membersync.health.IntegrationHealth;
import io.membersync.meter.Measurement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 11: tells listeners on a thread of its own, from a bounded queue. What a slow listener lets pile up is dropped
 * and counted; what a listener throws is counted; each gives one warning a minute. Safe for many threads.
 */
public final class ListenerPump implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerPump.class);
    private static final int QUEUE = 10_000;
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Listeners listeners;
    private final ExecutorService teller;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile String lastThrown = "";
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    /**
     * Makes a pump.
     *
     * @param name the engine's name, for the thread
     * @param listeners who hears what
     */
    public ListenerPump(String name, Listeners listeners) {
        this.listeners = listeners;
        this.teller = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
            Thread thread = new Thread(task, name + "-listeners");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Tells of audit entries that were committed.
     *
     * @param entries the entries, in order
     */
    public void recorded(List<AuditEntry> entries) {
        if (!listeners.audit().isEmpty() && !entries.isEmpty()) {
            hand(() -> entries.forEach(
                    entry -> listeners.audit().forEach(listener -> tell(() -> listener.recorded(entry)))));
        }
    }

    /**
     * Tells of an event.
     *
     * @param event the event
     */
    public void happened(SyncEvent event) {
        if (!listeners.sync().isEmpty()) {
            hand(() -> listeners.sync().forEach(listener -> tell(() -> listener.happened(event))));
        }
    }

    /**
     * Tells of an alert that was raised or closed.
     *
     * @param alert the alert
     */
    public void alerted(Alert alert) {
        if (!listeners.alert().isEmpty()) {
            hand(() -> listeners.alert().forEach(listener -> tell(() -> listener.changed(alert))));
        }
    }

    /**
     * Tells of an integration whose state has changed.
     *
     * @param health how it is now
     */
    public void changed(IntegrationHealth health) {
        if (!listeners.health().isEmpty()) {
            hand(() -> listeners.health().forEach(listener -> tell(() -> listener.changed(health))));
        }
    }

    /** {@return whether somebody takes what is measured} */
    public boolean measures() {
        return !listeners.meters().isEmpty();
    }

    /**
     * Tells of what was measured.
     *
     * @param measurements what
     */
    public void measured(List<Measurement> measurements) {
        if (measures() && !measurements.isEmpty()) {
            hand(() -> measurements.forEach(some -> listeners
                    .meters()
                    .forEach(sink -> tell(() -> sink.measured(some.meter(), some.tags(), some.value())))));
        }
    }

    private void hand(Runnable telling) {
        try {
            teller.execute(telling);
        } catch (RejectedExecutionException full) {
            dropped.incrementAndGet();
            warn();
        }
    }

    // An edge: whatever a host's listener throws ends here and changes nothing.
    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error thrown) {
            failed.incrementAndGet();
            // Where it came from, but not its message, which may hold anything.
            StackTraceElement[] stack = thrown.getStackTrace();
            lastThrown = ", the last one " + thrown.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
            warn();
        }
    }

    private void warn() {
        long due = nextWarning.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextWarning.compareAndSet(due, now + QUIET_NANOS)) {
            LOG.warn(
                    "Listeners lag or fail: {} events dropped, {} calls threw since the start{}. The sync goes on",
                    dropped.get(),
                    failed.get(),
                    lastThrown);
        }
    }

    /** Tells what is queued, for two seconds at most, and stops. */
    @Override
    public void close() {
        teller.shutdown();
        try {
            if (!teller.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                int left = teller.shutdownNow().size();
                LOG.warn("Listeners were too slow at the closing: {} events were not told", left);
            }
        } catch (InterruptedException stopped) {
            teller.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
