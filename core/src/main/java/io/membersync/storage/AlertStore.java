package io.membersync.storage;

import io.membersync.alert.Alert;
import io.membersync.alert.AlertId;
import io.membersync.alert.AlertQuery;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Alerts, open and closed: at most one open for each integration and kind. */
public interface AlertStore {

    /**
     * Adds an alert.
     *
     * @param alert a new one, open
     * @return false when one of its kind is open for its integration; nothing was added then
     */
    boolean raise(Alert alert);

    /** {@return all open alerts, oldest first} */
    List<Alert> open();

    /**
     * Stores when the causes of open alerts were last seen, and what is the matter; nothing else of them. Leaves out what
     * was closed meanwhile.
     *
     * @param alerts the alerts as they are to stand
     */
    void seen(Collection<Alert> alerts);

    /**
     * Closes an alert.
     *
     * @param alert the alert
     * @param at when
     * @return false when it was closed before
     */
    boolean close(AlertId alert, Instant at);

    /**
     * Notes who has taken note of an alert.
     *
     * @param alert the alert
     * @param by who, and when
     * @return false when somebody had before; that stays
     */
    boolean acknowledge(AlertId alert, Alert.Acknowledgment by);

    /**
     * Finds an alert.
     *
     * @param alert its id
     * @return the alert, or nothing
     */
    Optional<Alert> find(AlertId alert);

    /**
     * Lists alerts, newest first.
     *
     * @param organizations whose; empty for all
     * @param query which of them; its organization is not looked at
     * @return the alerts
     */
    Slice<Alert> list(Set<OrganizationId> organizations, AlertQuery query);
}
