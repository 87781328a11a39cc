package io.membersync.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "https://h.test/api/v1, /members?limit=1, https://h.test:443/api/v1/members?limit=1",
        "https://h.test/api/v1/, /members, https://h.test:443/api/v1/members",
        "https://h.test/api/v1/, members, https://h.test:443/api/v1/members",
        "https://h.test/api/v1, members:lookup, https://h.test:443/api/v1/members:lookup",
        "https://h.test, members, https://h.test:443/members",
        "https://h.test/api, ?version=2, https://h.test:443/api?version=2",
        "https://h.test/api, /m?next=https://other.test/x, https://h.test:443/api/m?next=https://other.test/x",
        "https://h.test/api, https://h.test/api/m?page=2, https://h.test/api/m?page=2",
        "https://h.test/api, https://H.TEST:443/m, https://H.TEST:443/m",
        "http://h.test:8080/api, http://h.test:8080/m, http://h.test:8080/m",
        "http://h.test:80, http://h.test/m, http://h.test/m",
        "https://h.test/api, /m%2F1, https://h.test:443/api/m%2F1",
        "https://h.test/api, /blåbær, https://h.test:443/api/bl%C3%A5b%C3%A6r",
    })
    void resolvesTargetsBelowTheBaseUrl(String base, String target, String expected) {
        assertThat(Endpoint.of("x", URI.create(base)).resolve(target)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h.test/api/m",
                "https://h.test:8443/m",
                "https://other.test/m",
                "https://h.test.other.test/m",
                "https://user@h.test/m",
                "https://h.test@other.test/m",
                "https://:pw@h.test/m",
                "ftp://h.test/m",
                "file:///etc/passwd",
                "//other.test/m",
                "/../admin",
                "/m/../../admin",
                "/m/%2e%2e/admin",
                "/m/.%2E/admin",
                "/m/%252e%252e/admin",
                "/m/..%2fadmin",
                "/m/..;x=1/admin",
                "/m\\..\\admin",
                "/m%5c..%5cadmin",
                "/m/./x",
                "https://h.test/api/../admin",
                "/m with blank",
                "/m\r\nHost: other.test",
                "https://[::1/m",
                "https:///m",
            })
    void refusesWhatLeavesTheOriginOrClimbs(String target) {
        Endpoint endpoint = Endpoint.of("Integration 'x'", URI.create("https://h.test/api"));
        assertThatThrownBy(() -> endpoint.resolve(target)).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.fault()).isEqualTo(Fault.ENDPOINT);
            assertThat(e).hasMessageStartingWith("Integration 'x': ").hasNoCause();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h.test",
                "https:///x",
                "/x",
                "mailto:a@h.test",
                "https://user:pw@h.test",
                "https://h.test?key=1",
                "https://h.test/#x",
                "https://h.test/a/../b",
            })
    void refusesABaseUrlThatIsMoreThanAHostAndAPath(String base) {
        assertThatThrownBy(() -> Endpoint.of("x", URI.create(base)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENDPOINT))
                .hasMessageNotContaining("pw");
    }

    @Test
    void spellsTheOriginInOneWay() {
        assertThat(Endpoint.of("x", URI.create("HTTPS://H.test/a")).origin())
                .isEqualTo(Endpoint.of("x", URI.create("https://h.TEST:443/b/")).origin());
    }
}
