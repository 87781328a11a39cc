package io.membersync.examples.host.login;

import io.membersync.model.Caller;
import io.membersync.model.OrganizationId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * An administrator. Immutable.
 *
 * @param name the login name
 * @param password the stored password
 * @param organization the only organization that it may see; empty for who looks after all
 */
public record HostUser(String name, String password, Optional<OrganizationId> organization) implements UserDetails {

    /** What every administrator may. */
    public static final String ADMINISTRATOR = "ADMINISTRATOR";

    private static final long serialVersionUID = 1L;

    /** {@return as whom the engine hears the user: what it may see is the engine's own decision} */
    public Caller caller() {
        return organization
                .map(own -> Caller.organizationAdministrator(name, own))
                .orElseGet(() -> Caller.globalAdministrator(name));
    }

    /** {@return whether all organizations are open to it} */
    public boolean global() {
        return organization.isEmpty();
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.of(new SimpleGrantedAuthority("ROLE_" + ADMINISTRATOR));
    }

    @Override
    public String getPassword() {
        return password;
    }

    @Override
    public String getUsername() {
        return name;
    }

    /** {@return the name, never the password} */
    @Override
    public String toString() {
        return name;
    }
}
