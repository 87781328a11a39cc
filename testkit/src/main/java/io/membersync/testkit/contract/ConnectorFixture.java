package io.membersync.testkit.contract;

import io.membersync.connector.ConnectorFactory;
import io.membersync.http.Credentials;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A running registry, its own side of things, and the connector that is to be proved against it. What the registry does
 * not have at all answers false or nothing; the tests that need it are then aborted with that reason.
 *
 * <p>Threads: used by one test at a time.
 */
public interface ConnectorFixture extends AutoCloseable {

    /** When the contract's time begins; a registry with a clock of its own begins here too. */
    Instant START = Instant.parse("2026-03-02T10:00:00Z");

    /** {@return the factory whose connectors are proved} */
    ConnectorFactory factory();

    /** {@return the base URL of the running registry} */
    URI endpoint();

    /** {@return the key that opens it; where it is opened with a token, the secret that the token is given for} */
    Credentials.ApiKey key();

    /** {@return what the connector gets to open it with; the key itself unless it is exchanged for a token} */
    default Credentials credentials() {
        return key();
    }

    /**
     * Gives what would open the registry at another address, such as behind a proxy.
     *
     * @param endpoint the other address
     * @return what the connector gets; {@link #credentials()} unless they are bound to an address
     */
    default Credentials credentialsAt(URI endpoint) {
        return credentials();
    }

    /** {@return credentials of the right kind that the registry does not know} */
    default Credentials wrongCredentials() {
        return new Credentials.ApiKey("no-such-key-4711");
    }

    /** {@return how many requests a connection test takes, one for an access token included; mostly one} */
    default int testRequests() {
        return 1;
    }

    /** {@return settings for the connector; they make pages of at most 10 records} */
    Map<String, String> settings();

    /** {@return the ids of all members that the registry has now} */
    Set<String> ids();

    /**
     * Lets the registry's own staff add a member.
     *
     * @return its id
     */
    String add();

    /**
     * Lets the registry's own staff change {@link #field()} of a member.
     *
     * @param id the member
     * @param value the new value
     */
    void change(String id, String value);

    /**
     * Lets the registry's own staff change {@link #field()} of several members in the same instant of its clock.
     *
     * @param ids the members
     * @param value the new value
     */
    default void changeTogether(Collection<String> ids, String value) {
        ids.forEach(id -> change(id, value));
    }

    /**
     * Sets the registry's clock off from ours.
     *
     * @param ahead how far it is ahead; negative when it is behind
     * @return false when this registry has no clock that shows
     */
    default boolean skew(Duration ahead) {
        return false;
    }

    /**
     * Lets the registry's own staff delete a member.
     *
     * @param id the member
     */
    void remove(String id);

    /**
     * Lets the registry's own staff merge two members.
     *
     * @param id the member that goes away
     * @param into the member that stays
     * @return false when this registry knows no merging
     */
    boolean merge(String id, String into);

    /**
     * Lets so much time pass that all places in the feed given out until now are too old.
     *
     * @return false when places in this registry's feed never get too old
     */
    boolean expirePositions();

    /** {@return a text field of every member, which the registry's staff and, where there is one, the writer can change} */
    FieldPath field();

    /**
     * Makes a value for {@link #field()} that the registry takes and stores as it is.
     *
     * @param number equal numbers give equal values, different ones different values
     * @return the value
     */
    String value(int number);

    /**
     * Looks into the registry.
     *
     * @param id a member
     * @return what it has in {@link #field()}; nothing for null and for a member that is not there
     */
    Optional<String> stored(String id);

    /** {@return a place and a value that the registry refuses to write; nothing when it refuses none} */
    Optional<Map.Entry<FieldPath, RawValue>> refusedWrite();

    /**
     * Lets something go wrong from now on.
     *
     * @param fault what
     * @param route where
     * @param after how many requests there are still served rightly
     * @return false when this cannot happen with this registry
     */
    boolean strike(RegistryFault fault, RegistryRoute route, int after);

    /**
     * Lets the registry send a member malformed from now on.
     *
     * @param id the member
     * @param kind what is wrong with it
     * @return false when this cannot happen with this registry
     */
    boolean malform(String id, BadRecord kind);

    /** Ends all faults, malformed members included. */
    void heal();

    /**
     * Lets the registry's own staff change {@link #field()} of a member just before the next write reaches the registry,
     * and behind everything that the connector reads before it.
     *
     * @param id the member
     * @param value the new value
     * @return false when nothing is written to this registry
     */
    boolean overtakeNextWrite(String id, String value);

    /** {@return how many requests the registry has received} */
    long requests();

    /**
     * Counts requests of one kind.
     *
     * @param route what they asked for
     * @return how many the registry has received, those whose answers were lost included
     */
    long requests(RegistryRoute route);

    /** {@return where the connector broke the registry's rules; empty when it kept them, or when nobody watches} */
    List<String> violations();

    /** {@return every line logged since the fixture was made, on all levels and by everybody} */
    List<String> logged();

    /** Stops the registry. */
    @Override
    void close();
}
