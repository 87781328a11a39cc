package io.membersync.internal.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells addresses of the public Internet from all others. */
final class AddressRules {

    /** A range that no registry lives in. */
    private record Range(Cidr cidr, String name) {
        Range(String cidr, String name) {
            this(Cidr.of(cidr), name);
        }
    }

    private static final List<Range> IPV4 = List.of(
            new Range("0.0.0.0/8", "any-local"),
            new Range("10.0.0.0/8", "private"),
            new Range("100.64.0.0/10", "carrier-grade NAT"),
            new Range("127.0.0.0/8", "loopback"),
            new Range("169.254.0.0/16", "link-local"),
            new Range("172.16.0.0/12", "private"),
            new Range("192.0.0.0/24", "reserved"),
            new Range("192.0.2.0/24", "documentation"),
            new Range("192.88.99.0/24", "6to4 relay"),
            new Range("192.168.0.0/16", "private"),
            new Range("198.18.0.0/15", "benchmarking"),
            new Range("198.51.100.0/24", "documentation"),
            new Range("203.0.113.0/24", "documentation"),
            new Range("224.0.0.0/4", "multicast"),
            new Range("240.0.0.0/4", "reserved"));

    private static final List<Range> IPV6 = List.of(
            new Range("::/128", "any-local"),
            new Range("::1/128", "loopback"),
            new Range("fc00::/7", "unique-local"),
            new Range("fe80::/10", "link-local"),
            new Range("fec0::/10", "site-local"),
            new Range("ff00::/8", "multicast"),
            new Range("2001::/23", "reserved"),
            new Range("2001:db8::/32", "documentation"),
            new Range("2002::/16", "6to4"),
            new Range("3fff::/20", "documentation"));

    private static final Cidr GLOBAL_IPV6 = Cidr.of("2000::/3");
    private static final Cidr TRANSLATED = Cidr.of("64:ff9b::/96");
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private AddressRules() {}

    /**
     * Says why an address is not public.
     *
     * @param address the address
     * @return the kind of range it lies in, or nothing when it is public
     */
    static Optional<String> notPublic(InetAddress address) {
        return notPublic(address.getAddress());
    }

    static Optional<String> notPublic(byte[] address) {
        byte[] plain = embeddedIpv4(address);
        if (plain.length == 4) {
            return named(IPV4, plain);
        }
        Optional<String> name = named(IPV6, plain);
        return name.isPresent() || GLOBAL_IPV6.contains(plain) ? name : Optional.of("reserved");
    }

    private static Optional<String> named(List<Range> ranges, byte[] address) {
        return ranges.stream()
                .filter(range -> range.cidr().contains(address))
                .map(Range::name)
                .findFirst();
    }

    // An IPv4 address in IPv6 clothes, mapped or translated by a NAT64, reaches what the IPv4 address reaches.
    private static byte[] embeddedIpv4(byte[] address) {
        if (address.length != 16) {
            return address;
        }
        boolean mapped = Arrays.equals(address, 0, 12, MAPPED, 0, 12);
        return mapped || TRANSLATED.contains(address) ? Arrays.copyOfRange(address, 12, 16) : address;
    }
}
