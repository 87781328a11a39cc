package io.membersync.examples.host.live;

import io.membersync.alert.Alert;
import io.membersync.event.AlertListener;
import io.membersync.event.HealthListener;
import io.membersync.event.SyncEvent;
import io.membersync.event.SyncListener;
import io.membersync.examples.host.login.HostUser;
import io.membersync.health.IntegrationHealth;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages that something about an integration has changed; each then asks again for the part that it shows, as
 * whoever is logged in. An event holds the integration's id alone. Safe for many threads.
 */
@RestController
@EnableScheduling
public class LiveEvents implements HealthListener, SyncListener, AlertListener {

    private static final Duration LIFE = Duration.ofMinutes(30);

    /** Who listens, as long as the session lasts. */
    private record Listener(HostUser user, String session) {}

    private final Map<SseEmitter, Listener> pages = new ConcurrentHashMap<>();
    private volatile boolean closed;

    LiveEvents() {}

    /** Keeps a page informed for half an hour; it asks again by itself. */
    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    public SseEmitter listen(@AuthenticationPrincipal HostUser user, HttpServletRequest request) {
        SseEmitter page = new SseEmitter(LIFE.toMillis());
        page.onCompletion(() -> pages.remove(page));
        page.onTimeout(page::complete);
        page.onError(failure -> pages.remove(page));
        pages.put(page, new Listener(user, request.getSession().getId()));
        send(page, SseEmitter.event().comment("listening").reconnectTime(1_000));
        if (closed || !request.isRequestedSessionIdValid()) {
            page.complete();
        }
        return page;
    }

    @Override
    public void changed(IntegrationHealth health) {
        tell(health.organization(), health.integration());
    }

    @Override
    public void happened(SyncEvent event) {
        tell(event.run().organization(), event.run().integration());
    }

    @Override
    public void changed(Alert alert) {
        tell(alert.organization(), alert.integration());
    }

    private void tell(OrganizationId organization, IntegrationId integration) {
        pages.forEach((page, listener) -> {
            if (listener.user().caller().mayActFor(organization)) {
                send(page, SseEmitter.event().name("changed").data(integration.value(), MediaType.TEXT_PLAIN));
            }
        });
    }

    /** Keeps connections from being taken for dead, and finds those that are. */
    @Scheduled(fixedRate = 15_000)
    public void keepAlive() {
        pages.keySet().forEach(page -> send(page, SseEmitter.event().comment("still here")));
    }

    // A page that went away is no failure of anybody's.
    private void send(SseEmitter page, SseEmitter.SseEventBuilder event) {
        try {
            page.send(event);
        } catch (IOException | IllegalStateException gone) {
            pages.remove(page);
        }
    }

    /** Nothing is told after a logout. */
    @EventListener
    public void ended(HttpSessionDestroyedEvent session) {
        pages.forEach((page, listener) -> {
            if (listener.session().equals(session.getId())) {
                pages.remove(page);
                page.complete();
            }
        });
    }

    /** Lets go of the pages, so that the web server need not wait for them. */
    @EventListener(ContextClosedEvent.class)
    public void close() {
        closed = true;
        pages.keySet().forEach(SseEmitter::complete);
    }
}
