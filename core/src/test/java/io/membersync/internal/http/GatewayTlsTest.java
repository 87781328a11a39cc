package io.membersync.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayRequest;
import io.membersync.model.IntegrationId;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, with keys made for the moment by the JDK's own tool. */
class GatewayTlsTest {

    private static final char[] PASSWORD = "password".toCharArray();

    private final GatewayFixture fixture = new GatewayFixture();
    private final AtomicInteger requests = new AtomicInteger();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aTrustedCertificateOfTheHostIsAccepted(@TempDir Path folder) throws Exception {
        KeyStore keys = keys(folder, "dns:localhost");
        assertThat(send(keys, trusting(keys))).isNull();
        assertThat(requests).hasValue(1);
    }

    @Test
    void aCertificateOfAnotherNameMeansAWrongAddress(@TempDir Path folder) throws Exception {
        KeyStore keys = keys(folder, "dns:registry.test");
        RegistryException failure = send(keys, trusting(keys));
        assertThat(failure.fault()).isEqualTo(Fault.ENDPOINT);
        assertThat(failure).hasMessageContaining("another name");
        assertThat(requests).hasValue(0);
        assertThat(fixture.pauses).isEmpty();
    }

    @Test
    void anUntrustedCertificateIsTheNetworksFault(@TempDir Path folder) throws Exception {
        RegistryException failure = send(keys(folder, "dns:localhost"), SSLContext.getDefault());
        assertThat(failure.fault()).isEqualTo(Fault.NETWORK);
        assertThat(failure).hasMessageContaining("TLS");
        assertThat(requests).hasValue(0);
    }

    private RegistryException send(KeyStore keys, SSLContext trust) throws Exception {
        HttpsServer server = server(keys);
        try (Gateways gateways = new Gateways(
                fixture.time,
                fixture.pauses::add,
                new Random(1),
                fixture.executor,
                TargetPolicy.publicTargets(List.of("localhost")),
                () -> HttpClient.newBuilder().sslContext(trust))) {
            URI endpoint = URI.create("https://localhost:" + server.getAddress().getPort());
            return catchThrowableOfType(
                    RegistryException.class,
                    () -> gateways.open(IntegrationId.of("hlf"), endpoint, GatewayFixture.KEY, GatewayFixture.OPTIONS)
                            .send(GatewayRequest.get("/members")));
        } finally {
            server.stop(0);
        }
    }

    private HttpsServer server(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("registry", keys.getCertificate("registry"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore keys(Path folder, String name) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "password")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }
}
