package io.membersync.internal.watch;

import io.membersync.alert.Alert.Finding;
import io.membersync.alert.AlertKind;
import io.membersync.fault.Fault;
import io.membersync.health.Backlog;
import io.membersync.internal.calendar.Due;
import io.membersync.run.RunState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Says what somebody has to hear of, from what is known of an integration. Pure. */
final class AlertJudge {

    private AlertJudge() {}

    /**
     * Judges.
     *
     * @param facts what is known
     * @param open the kinds of alerts that are open
     * @return what is the matter, by kind
     */
    static Map<AlertKind, Finding> judge(Facts facts, Set<AlertKind> open) {
        Map<AlertKind, Finding> found = new EnumMap<>(AlertKind.class);
        if (facts.idle()) {
            return found;
        }
        facts.late().ifPresent(due -> found.put(AlertKind.LATE, late(facts, due)));
        if (facts.stale()) {
            found.put(
                    AlertKind.STALE,
                    new Finding(
                            "No sync has succeeded for 24 hours, since " + Facts.minute(facts.lastSuccess()) + ".",
                            facts.advice("See why nothing is synchronized: the health tells its state.")));
        }
        if (facts.failures() > 1) {
            found.put(
                    AlertKind.FAILED_TWICE,
                    new Finding("Two syncs in a row have failed.", facts.advice("Look at the last runs.")));
        }
        // A key that is refused stays suspect until a sync succeeds, whatever else goes wrong meanwhile.
        if (facts.failedWith(Fault.CREDENTIALS)
                || (open.contains(AlertKind.CREDENTIALS) && facts.failure().isPresent())) {
            found.put(
                    AlertKind.CREDENTIALS,
                    new Finding("The member system refuses the key.", Fault.CREDENTIALS.advice()));
        }
        facts.heldUntil()
                .ifPresent(until -> found.put(
                        AlertKind.HELD,
                        new Finding(
                                "Changes of many members wait for approval until " + Facts.minute(until) + ".",
                                "Look at the plan, and approve or reject it.")));
        if (facts.webhooksSilent()) {
            found.put(
                    AlertKind.WEBHOOKS_SILENT,
                    new Finding(
                            "A sync found changes, but no webhook has come for a day.",
                            "Check the webhook's address and secret in the member system."));
        }
        errors(facts.overview().backlog(), found);
        return found;
    }

    private static Finding late(Facts facts, Due due) {
        String state = facts.active()
                .map(run -> run.state() == RunState.PAUSED
                        ? "is paused"
                        : run.state() == RunState.RUNNING ? "is still running" : "waits")
                .orElse(facts.failures() > 0 ? "failed and is tried again" : "was not started");
        return new Finding(
                "The sync that was due at " + due.at() + " " + state + ".",
                facts.advice("See whether the host application and its engine are running."));
    }

    private static void errors(Backlog backlog, Map<AlertKind, Finding> found) {
        if (backlog.errors() > 0) {
            found.put(
                    AlertKind.ERRORS,
                    new Finding(
                            backlog.quarantined() + " records could not be used, " + backlog.undelivered()
                                    + " values could not be delivered.",
                            "Look at their reasons in the quarantine and the outbox, mend them, and retry."));
        }
    }
}
