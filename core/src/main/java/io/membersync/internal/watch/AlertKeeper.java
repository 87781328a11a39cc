package io.membersync.internal.watch;

import io.membersync.alert.Alert;
import io.membersync.alert.Alert.Finding;
import io.membersync.alert.AlertId;
import io.membersync.alert.AlertKind;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.health.HealthState;
import io.membersync.health.IntegrationHealth;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.meter.Measurement;
import io.membersync.model.IntegrationId;
import io.membersync.run.RunId;
import io.membersync.setup.Integration;
import io.membersync.storage.Overview;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all integrations now and then: raises what somebody has to hear of, closes what is over, and tells whose
 * state has changed. Everything comes from what is stored, so that an alert is raised once, whatever dies meanwhile and
 * however many nodes look. Safe for many threads.
 */
public final class AlertKeeper {

    /** How often to look. */
    public static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(AlertKeeper.class);
    private static final Duration BETWEEN_NOTES = Duration.ofHours(1);

    private final Storage storage;
    private final ListenerPump pump;
    private final InstantSource time;
    private final Supplier<RunId> ids;
    private final Map<IntegrationId, HealthState> states = new ConcurrentHashMap<>();

    /** What a look came to, to be told once it is committed. */
    private record Looked(
            List<Facts> facts, Map<IntegrationId, Integer> open, List<Alert> changed, List<AuditEntry> audit) {}

    /**
     * Makes a keeper.
     *
     * @param storage where everything is kept
     * @param pump who is told
     * @param time the engine's time
     * @param ids makes ids that sort by time
     */
    public AlertKeeper(Storage storage, ListenerPump pump, InstantSource time, Supplier<RunId> ids) {
        this.storage = storage;
        this.pump = pump;
        this.time = time;
        this.ids = ids;
    }

    /** Looks once. Failures are logged: the next look tries again. */
    public void look() {
        try {
            Instant now = time.instant();
            Looked looked = storage.inTransaction(session -> look(session, now));
            pump.recorded(looked.audit());
            looked.changed().forEach(this::tell);
            looked.facts().forEach(this::tell);
            if (pump.measures()) {
                pump.measured(measured(looked));
            }
        } catch (RuntimeException failed) {
            LOG.warn("It could not be seen how the integrations are; the next look tries again", failed);
        }
    }

    private static List<Measurement> measured(Looked looked) {
        return looked.facts().stream()
                .flatMap(some -> Meters.of(
                        some,
                        HealthJudge.judge(some, Optional.empty()),
                        looked.open().getOrDefault(some.integration().id(), 0))
                        .stream())
                .toList();
    }

    private Looked look(Session session, Instant now) {
        List<Facts> facts = facts(session, now);
        Map<IntegrationId, Map<AlertKind, Alert>> open = session.alerts().open().stream()
                .collect(Collectors.groupingBy(
                        Alert::integration,
                        Collectors.toMap(
                                Alert::kind, alert -> alert, (a, b) -> a, () -> new EnumMap<>(AlertKind.class))));
        Looked looked = new Looked(facts, new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        List<Alert> seen = new ArrayList<>();
        for (Facts some : facts) {
            Map<AlertKind, Alert> known =
                    Optional.ofNullable(open.get(some.integration().id())).orElse(Map.of());
            Map<AlertKind, Finding> found = AlertJudge.judge(some, known.keySet());
            looked.open().put(some.integration().id(), found.size());
            found.forEach((kind, finding) -> Optional.ofNullable(known.get(kind))
                    .ifPresentOrElse(
                            alert -> note(alert, finding, now, seen),
                            () -> raise(session, some.integration(), kind, finding, looked, now)));
            known.values().stream()
                    .filter(alert -> !found.containsKey(alert.kind()))
                    .forEach(alert -> close(session, alert, looked, now));
        }
        Set<IntegrationId> known =
                facts.stream().map(some -> some.integration().id()).collect(Collectors.toSet());
        // Raised in the very moment in which the integration was removed.
        open.values().stream()
                .flatMap(alerts -> alerts.values().stream())
                .filter(alert -> !known.contains(alert.integration()))
                .forEach(alert -> close(session, alert, looked, now));
        session.alerts().seen(seen);
        if (!looked.audit().isEmpty()) {
            session.audit().append(looked.audit());
        }
        return looked;
    }

    private static List<Facts> facts(Session session, Instant now) {
        List<Integration> integrations = session.settings().list().stream()
                .map(StoredIntegration::integration)
                .toList();
        Map<IntegrationId, Overview> overviews = session.overviews()
                .of(integrations.stream().map(Integration::id).toList());
        return integrations.stream()
                .flatMap(integration -> Optional.ofNullable(overviews.get(integration.id()))
                        .map(overview -> Facts.of(integration, overview, now))
                        .stream())
                .toList();
    }

    private static void note(Alert alert, Finding finding, Instant now, List<Alert> seen) {
        if (!alert.finding().equals(finding) || !now.isBefore(alert.lastSeenAt().plus(BETWEEN_NOTES))) {
            seen.add(alert.seen(now, finding));
        }
    }

    private void raise(
            Session session, Integration integration, AlertKind kind, Finding finding, Looked looked, Instant now) {
        Alert alert = new Alert(
                new AlertId(ids.get().value()),
                kind,
                integration.organization(),
                integration.id(),
                now,
                now,
                finding,
                Optional.empty(),
                Optional.empty());
        if (session.alerts().raise(alert)) {
            changed(alert, "Alert raised: ", looked, now);
        }
    }

    private static void close(Session session, Alert alert, Looked looked, Instant now) {
        if (session.alerts().close(alert.id(), now)) {
            changed(alert.closed(now), "Alert closed: ", looked, now);
        }
    }

    private static void changed(Alert alert, String what, Looked looked, Instant now) {
        looked.changed().add(alert);
        looked.audit().add(entry(alert, "sync", what, now));
    }

    /**
     * Says what became of an alert.
     *
     * @param alert the alert
     * @param actor who did it
     * @param what what was done, ending in a colon
     * @param now when
     * @return the audit's entry
     */
    public static AuditEntry entry(Alert alert, String actor, String what, Instant now) {
        return new AuditEntry(
                now,
                AuditKind.ALERT,
                alert.organization(),
                Optional.of(alert.integration()),
                Optional.empty(),
                actor,
                Optional.empty(),
                Optional.empty(),
                what + alert.kind() + ". " + alert.finding().message(),
                List.of());
    }

    private void tell(Alert alert) {
        LOG.warn(
                "Alert {} {}: {} {}",
                alert.kind(),
                alert.open() ? "raised" : "closed",
                alert.integration(),
                alert.finding().message());
        pump.alerted(alert);
    }

    private void tell(Facts facts) {
        IntegrationHealth health = HealthJudge.judge(facts, Optional.empty());
        HealthState before = states.put(health.integration(), health.state());
        if (before != null && before != health.state()) {
            pump.changed(health);
        }
    }
}
