package io.membersync.examples.host;

import io.membersync.model.OrganizationId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the host itself is told. Immutable.
 *
 * @param organizations the names of the organizations, by their ids
 * @param accounts who may log in with a password
 */
@ConfigurationProperties("host")
public record HostProperties(
        @DefaultValue Map<String, String> organizations,
        @DefaultValue List<Account> accounts) {

    /**
     * Somebody who looks after members.
     *
     * @param name the login name
     * @param password the password as Spring Security stores it, such as <code>{bcrypt}$2a$…</code>
     * @param organization the only organization that it may see; all where it is empty
     */
    public record Account(String name, String password, Optional<String> organization) {

        /** {@return the name, never the password} */
        @Override
        public String toString() {
            return name;
        }
    }

    /** Copies both. */
    public HostProperties {
        organizations = new TreeMap<>(organizations);
        accounts = List.copyOf(accounts);
    }

    /** {@return the name of an organization; its id where it has none} */
    public String name(OrganizationId organization) {
        return organizations.getOrDefault(organization.value(), organization.value());
    }
}
