package io.membersync.examples.week;

import io.membersync.alert.Alert;
import io.membersync.audit.AuditCheck;
import io.membersync.run.Run;
import java.time.Instant;
import java.util.List;

/**
 * What came of the week. Immutable.
 *
 * @param nights the runs of the two nights around the change of clocks
 * @param outageRuns the runs while the registry was down, and the first after it
 * @param firstSpoiled when the first sync was due that the outage spoiled
 * @param outageAlerts what was alerted, first to last, until the outage was over
 * @param keyAlerts what was alerted about the revoked key, first to last
 * @param held the run that the guard held
 * @param applied the run that applied what was approved
 * @param csvLines how many entries the exported audit has
 * @param checks what the checks of the audits found
 */
record WeekReport(
        List<Run> nights,
        List<Run> outageRuns,
        Instant firstSpoiled,
        List<Alert> outageAlerts,
        List<Alert> keyAlerts,
        Run held,
        Run applied,
        long csvLines,
        List<AuditCheck> checks) {

    WeekReport {
        nights = List.copyOf(nights);
        outageRuns = List.copyOf(outageRuns);
        outageAlerts = List.copyOf(outageAlerts);
        keyAlerts = List.copyOf(keyAlerts);
        checks = List.copyOf(checks);
    }
}
