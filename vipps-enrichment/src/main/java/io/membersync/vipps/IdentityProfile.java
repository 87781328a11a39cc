package io.membersync.vipps;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * What is assumed of an identity provider, and who the host is there. Immutable.
 *
 * @param provider its name in the engine's state: small letters, digits and hyphens; never changed
 * @param issuer the issuer to the letter, its final slash included; the discovery document stands under it
 * @param clientId the host's client there
 * @param source where the number is told
 * @param claim the claim that tells it
 * @param salesUnit the sales unit that logins must be meant for; empty where there is but one
 */
public record IdentityProfile(
        String provider, String issuer, String clientId, Source source, String claim, Optional<String> salesUnit) {

    /** Where a provider tells the number. */
    public enum Source {
        /** In the ID token. */
        ID_TOKEN,
        /** In the user information only. */
        USERINFO
    }

    private static final String VIPPS = "vipps";
    private static final String VIPPS_PATH = "/access-management-1.0/access/";

    /**
     * Checks the words.
     *
     * @throws IllegalArgumentException when the provider's name or the issuer is none, or client or claim are blank
     */
    public IdentityProfile {
        if (!provider.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException("A provider's name is 1 to 40 small letters, digits and hyphens");
        }
        URI address = URI.create(issuer);
        if (address.getScheme() == null || address.getHost() == null || address.getQuery() != null) {
            throw new IllegalArgumentException("The issuer must be an absolute address without a query");
        }
        if (clientId.isBlank() || claim.isBlank()) {
            throw new IllegalArgumentException("A profile needs a client id and the name of a claim");
        }
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(salesUnit, "salesUnit");
    }

    /**
     * Vipps Login, which tells the number in the user information alone.
     *
     * @param clientId the sales unit's client id
     * @return the profile of the production environment
     */
    public static IdentityProfile vipps(String clientId) {
        return vippsAt(URI.create("https://api.vipps.no"), clientId);
    }

    /**
     * Vipps Login in its test environment. Its test numbers look like those of real persons.
     *
     * @param clientId the test sales unit's client id
     * @return the profile of the test environment
     */
    public static IdentityProfile vippsTest(String clientId) {
        return vippsAt(URI.create("https://apitest.vipps.no"), clientId);
    }

    /**
     * Vipps Login somewhere else, such as in a simulator.
     *
     * @param host scheme, host and port
     * @param clientId the client id
     * @return the profile
     */
    public static IdentityProfile vippsAt(URI host, String clientId) {
        return new IdentityProfile(VIPPS, host + VIPPS_PATH, clientId, Source.USERINFO, "nin", Optional.empty());
    }

    /**
     * Gives this profile for one sales unit of a partner.
     *
     * @param serialNumber the unit's serial number, which ID tokens must name
     * @return a new profile
     */
    public IdentityProfile ofSalesUnit(String serialNumber) {
        return new IdentityProfile(provider, issuer, clientId, source, claim, Optional.of(serialNumber));
    }

    /** {@return the provider's origin: scheme, host and port} */
    URI origin() {
        URI address = URI.create(issuer);
        return URI.create(address.getScheme() + "://" + address.getRawAuthority());
    }

    /** {@return where the discovery document stands} */
    String discovery() {
        return (issuer.endsWith("/") ? issuer : issuer + "/") + ".well-known/openid-configuration";
    }
}
