package io.membersync.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::a00:1",
                "100::1",
                "2001:0:53aa:64c::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
            })
    void refusesAddressesThatAreNotPublic(String address) throws UnknownHostException {
        assertThat(resolvingTo(List.of(), address).resolvedObjection(URI.create("https://h.test/")))
                .hasValueSatisfying(objection -> assertThat(objection).contains("allow-list"));
    }

    @Test
    void refusesAnIpv4AddressThatIsMappedIntoIpv6() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;
        assertThat(AddressRules.notPublic(mapped)).contains("loopback");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "126.1.1.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "223.255.255.254",
                "2a00:1450::1",
                "2606:4700::1111",
                "64:ff9b::808:808",
            })
    void admitsPublicAddresses(String address) throws UnknownHostException {
        assertThat(resolvingTo(List.of(), address).resolvedObjection(URI.create("https://h.test/")))
                .isEmpty();
    }

    @Test
    void refusesANameWithOnePrivateAddressAmongPublicOnes() throws UnknownHostException {
        assertThat(resolvingTo(List.of(), "8.8.8.8", "10.0.0.1").resolvedObjection(URI.create("https://h.test/")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://10.1.2.3/",
                "https://169.254.169.254/latest/meta-data", "http://h.test/", "http://8.8.8.8/", "ftp://h.test/",
                "file:///etc/passwd",
            })
    void objectsWithoutANameServerWhereTheTextIsEnough(String target) {
        assertThat(TargetPolicy.publicTargets(List.of()).objection(URI.create(target)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.1/", "https://2130706433/", "https://localhost/"})
    void seesThroughOddSpellingsOfLoopback(String target) throws UnknownHostException {
        assertThat(TargetPolicy.publicTargets(List.of()).resolvedObjection(URI.create(target)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "registry.intern, https://registry.intern/, 10.0.0.1, true",
        "registry.intern, https://REGISTRY.intern/, 10.0.0.1, true",
        "registry.intern, http://registry.intern/, 10.0.0.1, true",
        "registry.intern, https://other.registry.intern/, 10.0.0.1, false",
        "10.1.0.0/16, https://h.test/, 10.1.9.9, true",
        "10.1.0.0/16, http://h.test/, 10.1.9.9, true",
        "10.1.0.0/16, http://h.test/, 8.8.8.8, false",
        "10.1.0.0/16, https://h.test/, 10.2.0.1, false",
        "10.1.2.3, https://h.test/, 10.1.2.3, true",
        "10.1.2.3, https://h.test/, 10.1.2.4, false",
        "fd00::/8, https://h.test/, fd01::1, true",
        "::1, https://[::1]/, ::1, true",
        "127.0.0.1, http://127.0.0.1:8080/, 127.0.0.1, true",
    })
    void admitsWhatTheAllowListNames(String entry, String target, String address, boolean admitted)
            throws UnknownHostException {
        assertThat(resolvingTo(List.of(entry), address)
                        .resolvedObjection(URI.create(target))
                        .isEmpty())
                .isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0/8", "h/8", "http://h", "a b", "*.intern", "::/-1"})
    void refusesAnAllowListEntryThatIsNeitherHostNorRange(String entry) {
        assertThatThrownBy(() -> TargetPolicy.publicTargets(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void testModeAdmitsEverythingOverHttp() throws UnknownHostException {
        assertThat(TargetPolicy.testMode().resolvedObjection(URI.create("http://127.0.0.1:1/")))
                .isEmpty();
        assertThat(TargetPolicy.testMode().objection(URI.create("ftp://127.0.0.1/")))
                .isPresent();
    }

    private static TargetPolicy resolvingTo(List<String> allowed, String... addresses) {
        return new TargetPolicy(
                false,
                allowed,
                host -> Arrays.stream(addresses).map(TargetPolicyTest::address).toArray(InetAddress[]::new));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
