package io.membersync.spring;

import io.membersync.MemberSyncEngine;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the engine with the application. It starts last, when the application takes requests already, and stops
 * first: a run in progress commits the batch in hand while database and web server are still there. An engine that was
 * stopped does not start again, so it is not paused with its context either.
 */
final class EngineLifecycle implements SmartLifecycle {

    private final MemberSyncEngine engine;
    private final boolean autoStartup;
    private volatile boolean running;

    EngineLifecycle(MemberSyncEngine engine, boolean autoStartup) {
        this.engine = engine;
        this.autoStartup = autoStartup;
    }

    @Override
    public void start() {
        engine.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        engine.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStartup;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return MemberSyncAutoConfiguration.PHASE;
    }
}
