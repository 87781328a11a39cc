package io.membersync.http;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The sign-in service that gives out access tokens by OAuth 2.0 client credentials (RFC 6749, section 4.4). It is part of
 * the credentials, so that nobody can lead a secret to another service without knowing it. Immutable.
 *
 * @param tokenEndpoint where tokens are asked for; an http or https address without user, query and fragment
 * @param scope what the token is asked for; {@value #ORIGIN} in it stands for the origin of the integration's endpoint
 */
public record TokenAuthority(URI tokenEndpoint, String scope) {

    /** Stands in a scope for scheme, host and port of the integration's endpoint, a standard port left out. */
    public static final String ORIGIN = "{origin}";

    private static final URI ENTRA = URI.create("https://login.microsoftonline.com");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,254}");
    // Aliases for "whichever tenant the user belongs to": there is no user here.
    private static final Pattern NO_TENANT = Pattern.compile("(?i)common|organizations|consumers");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when the address or the scope cannot be used
     */
    public TokenAuthority {
        Objects.requireNonNull(tokenEndpoint, "tokenEndpoint");
        boolean web = "https".equalsIgnoreCase(tokenEndpoint.getScheme())
                || "http".equalsIgnoreCase(tokenEndpoint.getScheme());
        if (!web
                || tokenEndpoint.getHost() == null
                || tokenEndpoint.getRawUserInfo() != null
                || tokenEndpoint.getRawQuery() != null
                || tokenEndpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("A token endpoint is an http or https address: host and path alone");
        }
        if (scope.isBlank() || scope.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new IllegalArgumentException("A scope is printable ASCII");
        }
    }

    /**
     * Microsoft Entra's public cloud, for the environment that the integration's endpoint is in.
     *
     * @param tenant the tenant's id or one of its verified domains
     * @return the authority
     * @throws IllegalArgumentException when it is neither
     */
    public static TokenAuthority entra(String tenant) {
        return entra(ENTRA, tenant);
    }

    /**
     * Microsoft Entra in another cloud, or a simulator of it.
     *
     * @param cloud the address of the sign-in service
     * @param tenant the tenant's id or one of its verified domains
     * @return the authority
     * @throws IllegalArgumentException when it is neither
     */
    public static TokenAuthority entra(URI cloud, String tenant) {
        if (!TENANT.matcher(tenant).matches() || NO_TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException("A tenant is its id, such as 11111111-2222-3333-4444-555555555555, or a"
                    + " domain, such as forbundet.onmicrosoft.com");
        }
        String base = cloud.toString().replaceAll("/+$", "");
        return new TokenAuthority(URI.create(base + "/" + tenant + "/oauth2/v2.0/token"), ORIGIN + "/.default");
    }
}
