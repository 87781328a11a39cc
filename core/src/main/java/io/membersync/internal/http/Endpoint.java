package io.membersync.internal.http;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** An integration's base URL. Turns a request's target into an address that never leaves its origin. Immutable. */
final class Endpoint {

    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern ENCODED = Pattern.compile("%(2[eEfF]|5[cC]|25)");

    private final String who;
    private final String origin;
    private final String path;

    private Endpoint(String who, String origin, String path) {
        this.who = who;
        this.origin = origin;
        this.path = path;
    }

    /**
     * Checks a base URL.
     *
     * @param who the integration, for messages
     * @param base the base URL, with or without a slash at its end
     * @throws RegistryException with {@code ENDPOINT} when it is not a plain http or https address
     */
    static Endpoint of(String who, URI base) {
        String origin = originOf(base);
        if (origin.isEmpty()) {
            throw refusal(who, "the base URL is not an http or https address with a host");
        }
        if (base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw refusal(who, "the base URL holds more than a host and a path; user, query and fragment are refused");
        }
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        if (climbs(path)) {
            throw refusal(who, "the base URL holds '.' or '..' as a step of its path");
        }
        return new Endpoint(who, origin, path.replaceAll("/+$", ""));
    }

    /** {@return scheme, host and port, in one spelling} */
    String origin() {
        return origin;
    }

    /**
     * Resolves a request's target.
     *
     * @param target a path with query relative to the base URL, or an absolute address on its origin
     * @return the whole address
     * @throws RegistryException with {@code ENDPOINT} when it leads elsewhere
     */
    URI resolve(String target) {
        if (target.startsWith("//") || target.indexOf('\\') >= 0) {
            throw refusal(who, "a request's target is neither a path below the base URL nor a link on its origin");
        }
        boolean absolute =
                ABSOLUTE.matcher(target).matches() && beforeQuery(target).contains("://");
        String slash = target.isEmpty() || target.startsWith("/") || target.startsWith("?") ? "" : "/";
        URI address = parse(absolute ? target : origin + path + slash + target);
        if (address.getRawUserInfo() != null) {
            throw refusal(who, "a link holds a user's name");
        }
        if (!originOf(address).equals(origin)) {
            throw refusal(who, "a link leads to another origin than the base URL's; nothing was sent there");
        }
        if (climbs(address.getRawPath())) {
            throw refusal(who, "a link holds '.' or '..' as a step of its path");
        }
        return parse(address.toASCIIString());
    }

    private static String beforeQuery(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    // Without a cause: the JDK's own message repeats the whole address with its query.
    private URI parse(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw refusal(who, "a request's target is not a well-formed address");
        }
    }

    private static String originOf(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = address.getHost();
        if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
            return "";
        }
        int standard = scheme.equals("https") ? 443 : 80;
        int port = address.getPort() < 0 ? standard : address.getPort();
        return scheme + "://" + host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    // Servers and proxies differ in how often they decode, so every depth of encoding is undone for this look.
    private static boolean climbs(String path) {
        String plain = path;
        while (ENCODED.matcher(plain).find()) {
            plain = plain.replaceAll("%2[eE]", ".")
                    .replaceAll("%2[fF]", "/")
                    .replaceAll("%5[cC]", "\\\\")
                    .replace("%25", "%");
        }
        for (String step : plain.split("[/\\\\]", -1)) {
            String name = step.indexOf(';') < 0 ? step : step.substring(0, step.indexOf(';'));
            if (name.equals(".") || name.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static RegistryException refusal(String who, String why) {
        return new RegistryException(Fault.ENDPOINT, who + ": " + why);
    }
}
