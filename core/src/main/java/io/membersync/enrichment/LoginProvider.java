package io.membersync.enrichment;

import java.time.Instant;

/** Who vouches for members at login, such as Vipps. Safe for many threads. */
public interface LoginProvider {

    /** {@return its name, stored with what it brought; 1 to 40 small letters, digits and hyphens, never changed} */
    String name();

    /**
     * Verifies a login that was left open, asking the provider where that is needed.
     *
     * @param login the login as it was given to {@link LoginDesk#keep}
     * @param takenAt when it came: the time by which it is judged
     * @return what was found; never {@link LoginFinding.Open}
     * @throws io.membersync.fault.RegistryException when the provider cannot be asked; it is tried again
     */
    LoginFinding finish(String login, Instant takenAt);

    /**
     * Has at hand what logins are verified with. Called again and again; asks the provider now and then only.
     *
     * @throws io.membersync.fault.RegistryException when the provider cannot be asked
     */
    void keepReady();
}
