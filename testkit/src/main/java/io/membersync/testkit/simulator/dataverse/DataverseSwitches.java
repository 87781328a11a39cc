package io.membersync.testkit.simulator.dataverse;

import io.membersync.testkit.simulator.SimulatedRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** What a test can switch in a {@link DataverseSimulator}. Threads: safe for many threads. */
public final class DataverseSwitches {

    private static final int MOST_NOTES = 1_000;

    final InstantSource time;
    volatile boolean changeTracking = true;
    volatile String keyStatus = "Active";
    volatile boolean applicationUser = true;
    volatile boolean privilege = true;
    volatile boolean errorCodes = true;
    volatile boolean securedColumns;
    volatile long oldestDelta;
    volatile int expiryStatus = 400;
    volatile Optional<String> linksTo = Optional.empty();
    volatile boolean tidies;
    volatile boolean thinWebhooks;
    private final Set<String> removed = new CopyOnWriteArraySet<>();
    private final boolean strict;
    private final List<String> notes = new ArrayList<>();

    DataverseSwitches(InstantSource time, boolean strict) {
        this.time = time;
        this.strict = strict;
    }

    void reset() {
        changeTracking = true;
        keyStatus = "Active";
        applicationUser = true;
        privilege = true;
        errorCodes = true;
        securedColumns = false;
        oldestDelta = 0;
        expiryStatus = 400;
        linksTo = Optional.empty();
        tidies = false;
        thinWebhooks = false;
        removed.clear();
        synchronized (notes) {
            notes.clear();
        }
    }

    /**
     * Says whether the application is an application user of the environment; default yes.
     *
     * @param present whether
     */
    public void applicationUser(boolean present) {
        applicationUser = present;
    }

    /**
     * Says whether the application user may read protected columns; default no: they look empty then.
     *
     * @param readable whether
     */
    public void securedColumns(boolean readable) {
        securedColumns = readable;
    }

    /**
     * Says whether the application user may read contacts; default yes.
     *
     * @param given whether
     */
    public void privilege(boolean given) {
        privilege = given;
    }

    /**
     * Says whether the contact table tracks changes; default yes.
     *
     * @param on whether
     */
    public void changeTracking(boolean on) {
        changeTracking = on;
    }

    /**
     * Sets the status of the member number's index: Pending, In Progress, Active or Failed; default Active.
     *
     * @param status the status
     */
    public void keyStatus(String status) {
        keyStatus = status;
    }

    /**
     * Takes a column out of the table, as in an environment that never had it.
     *
     * @param name its logical name
     */
    public void removeColumn(String name) {
        removed.add(name);
    }

    /**
     * Leaves {@code code} empty in 404 and 412 answers, as in Microsoft's own samples.
     *
     * @param empty whether
     */
    public void emptyErrorCodes(boolean empty) {
        errorCodes = !empty;
    }

    /**
     * Sets the status with which expired delta tokens are refused; default 400. With 410 no code is told.
     *
     * @param status the status
     */
    public void expiryStatus(int status) {
        expiryStatus = status;
    }

    /**
     * Keeps what clients write in forms of its own, as plug-ins do: places in capitals, phone numbers in groups, no blanks
     * around texts, certification days with a time of day; default no.
     *
     * @param on whether
     */
    public void tidies(boolean on) {
        tidies = on;
    }

    /**
     * Leaves out of webhooks what has changed, as where it is too large; default no.
     *
     * @param on whether
     */
    public void thinWebhooks(boolean on) {
        thinWebhooks = on;
    }

    /**
     * Leads all links that are given out from now on elsewhere.
     *
     * @param origin scheme, host and port of another server
     */
    public void leadLinksTo(URI origin) {
        linksTo = Optional.of(origin.toString());
    }

    List<ContactColumn> columns() {
        return ContactColumn.ALL.stream()
                .filter(column -> !removed.contains(column.name()))
                .toList();
    }

    /** {@return the code, or none while the environment leaves codes empty as Microsoft's own samples show} */
    String code(String code) {
        return errorCodes ? code : "";
    }

    String root(SimulatedRequest request) {
        return "http://" + request.header("Host").orElse("localhost");
    }

    void note(String violation) {
        synchronized (notes) {
            if (strict && notes.size() < MOST_NOTES) {
                notes.add(violation);
            }
        }
    }

    List<String> notes() {
        synchronized (notes) {
            return List.copyOf(notes);
        }
    }
}
