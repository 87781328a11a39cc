package io.membersync.internal.notify;

import io.membersync.event.AlertListener;
import io.membersync.event.AuditListener;
import io.membersync.event.HealthListener;
import io.membersync.event.SyncListener;
import io.membersync.meter.MeterSink;
import java.util.List;

/**
 * Who hears what. Immutable.
 *
 * @param audit who hears audit entries
 * @param sync who hears how runs go
 * @param alert who hears of alerts
 * @param health who hears of changed states
 * @param meters who takes what is measured
 */
public record Listeners(
        List<AuditListener> audit,
        List<SyncListener> sync,
        List<AlertListener> alert,
        List<HealthListener> health,
        List<MeterSink> meters) {

    /** Nobody. */
    public static final Listeners NONE = new Listeners(List.of(), List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Listeners {
        audit = List.copyOf(audit);
        sync = List.copyOf(sync);
        alert = List.copyOf(alert);
        health = List.copyOf(health);
        meters = List.copyOf(meters);
    }
}
