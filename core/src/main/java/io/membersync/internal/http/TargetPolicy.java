package io.membersync.internal.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides where requests may go: over {@code https} and to public addresses only, unless test mode or the host's
 * allow-list admits the target. What the allow-list admits may also be plain {@code http}.
 *
 * <p>Names are resolved and every address they have is judged before each attempt. The JDK's HTTP client cannot be
 * handed the judged address: it resolves the name again when it connects. Both look-ups go through the JVM's own
 * address cache (30 seconds unless {@code networkaddress.cache.ttl} says otherwise), so they normally agree. A hostile
 * name server can slip another address in when that cache is switched off or the entry expires between the two
 * look-ups, and a connection that is kept open is not judged again. With an HTTP proxy in the JVM's settings it is the
 * proxy that resolves. A host that must close this gap puts an egress filter in front.
 *
 * <p>Threads: immutable, safe for many.
 */
public final class TargetPolicy {

    /** Looks up all addresses of a name. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final boolean testMode;
    private final Set<String> hosts = new HashSet<>();
    private final List<Cidr> ranges = new ArrayList<>();
    private final Resolver resolver;

    TargetPolicy(boolean testMode, Collection<String> allowed, Resolver resolver) {
        this.testMode = testMode;
        this.resolver = resolver;
        for (String entry : allowed) {
            if (entry.contains("/") || Cidr.isLiteral(bare(entry))) {
                ranges.add(Cidr.of(bare(entry)));
            } else if (entry.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
                hosts.add(entry.toLowerCase(Locale.ROOT));
            } else {
                throw new IllegalArgumentException("Neither a host name nor an address range: " + entry);
            }
        }
    }

    /**
     * Public targets over {@code https}, and what the host admits besides.
     *
     * @param allowed host names such as {@code registry.intern}, addresses, and ranges such as {@code 10.1.0.0/16}; may
     *     be empty
     * @return the policy
     * @throws IllegalArgumentException when an entry is none of these
     */
    public static TargetPolicy publicTargets(Collection<String> allowed) {
        return new TargetPolicy(false, allowed, InetAddress::getAllByName);
    }

    /** {@return a policy that admits every {@code http} and {@code https} target; for tests and simulators} */
    public static TargetPolicy testMode() {
        return new TargetPolicy(true, List.of(), InetAddress::getAllByName);
    }

    /**
     * Judges a target as far as it can be without asking a name server: for the moment when an administrator types it.
     *
     * @param target the target
     * @return what is wrong with it, without path and query; nothing when it may be admitted
     */
    public Optional<String> objection(URI target) {
        String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        String host = target.getHost();
        if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
            return Optional.of("it is not an http or https address with a host");
        }
        if (testMode || admits(host)) {
            return Optional.empty();
        }
        if (scheme.equals("http") && ranges.isEmpty()) {
            return Optional.of("it is not https");
        }
        if (!Cidr.isLiteral(bare(host))) {
            return Optional.empty();
        }
        try {
            return judge(scheme, InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.of("its address cannot be read");
        }
    }

    /**
     * Judges a target with all addresses that its name has now. May block as long as the name server takes.
     *
     * @param target the target
     * @return what is wrong with it, without path and query; nothing when a request may be sent
     * @throws UnknownHostException when the name has no address
     */
    public Optional<String> resolvedObjection(URI target) throws UnknownHostException {
        Optional<String> plain = objection(target);
        if (plain.isPresent() || testMode || admits(target.getHost())) {
            return plain;
        }
        String scheme = target.getScheme().toLowerCase(Locale.ROOT);
        for (InetAddress address : resolver.resolve(target.getHost())) {
            Optional<String> objection = judge(scheme, address);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private Optional<String> judge(String scheme, InetAddress address) {
        if (ranges.stream().anyMatch(range -> range.contains(address.getAddress()))) {
            return Optional.empty();
        }
        if (!scheme.equals("https")) {
            return Optional.of("it is not https");
        }
        return AddressRules.notPublic(address)
                .map(kind -> "it leads to a " + kind + " address, and the host's allow-list does not admit it");
    }

    private boolean admits(String host) {
        return hosts.contains(host.toLowerCase(Locale.ROOT));
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
