package io.membersync.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayLimits;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway does when the connection itself misbehaves. */
@Timeout(60)
class GatewayTransportTest {

    private static final GatewayOptions IMPATIENT = new GatewayOptions(
            new GatewayLimits(Duration.ofSeconds(20), Duration.ofMillis(300), 1000),
            RetryPolicy.NONE,
            RateLimit.UNLIMITED);
    private static final GatewayOptions SMALL = new GatewayOptions(
            new GatewayLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 1000),
            RetryPolicy.NONE,
            RateLimit.UNLIMITED);

    private final GatewayFixture fixture = new GatewayFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aBodyThatHangsIsGivenUpAndItsConnectionClosed() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        try (RawServer server = new RawServer((out, talk) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{".getBytes(US_ASCII));
            out.flush();
            talk.waitForHangUp();
            hungUp.countDown();
        })) {
            RegistryException failure = failure(server, IMPATIENT);
            assertThat(failure.fault()).isEqualTo(Fault.NETWORK);
            assertThat(failure).hasMessageContaining("within 300 ms");
            assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAnswerThatNeverBeginsIsGivenUp() {
        try (RawServer server = new RawServer((out, talk) -> talk.hang())) {
            assertThat(failure(server, IMPATIENT)).hasMessageContaining("within 300 ms");
        }
    }

    @Test
    void aBodyThatDripsHasNoLongerTimeThanAnyOther() {
        try (RawServer server = new RawServer((out, talk) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n".getBytes(US_ASCII));
            for (int i = 0; i < 900; i++) {
                out.write(' ');
                out.flush();
                talk.pause(50);
            }
        })) {
            assertThat(failure(server, IMPATIENT)).hasMessageContaining("within 300 ms");
        }
    }

    @Test
    void aSlowBodyInsideTheTimeIsReadWhole() {
        try (RawServer server = new RawServer((out, talk) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n".getBytes(US_ASCII));
            for (int i = 0; i < 20; i++) {
                out.write('7');
                out.flush();
                talk.pause(5);
            }
        })) {
            GatewayResponse response = fixture.open(server.url(), SMALL).send(GatewayRequest.get("/members"));
            assertThat(response.body()).asString().isEqualTo("7".repeat(20));
        }
    }

    @Test
    void aBodyOfTheLargestSizeIsReadAndOneByteMoreIsNot() {
        try (RawServer fits = RawServer.writing(sized(1000));
                RawServer bursts = RawServer.writing(sized(1001))) {
            assertThat(fixture.open(fits.url(), SMALL)
                            .send(GatewayRequest.get("/members"))
                            .body())
                    .hasSize(1000);
            assertThat(failure(bursts, SMALL).fault()).isEqualTo(Fault.UNREADABLE);
        }
    }

    @Test
    void anEndlessBodyIsCutOffAtTheLimitAndNotReadOn() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        try (RawServer server = new RawServer((out, talk) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
            try {
                while (true) {
                    out.write(new byte[8192]);
                }
            } finally {
                hungUp.countDown();
            }
        })) {
            RegistryException failure = failure(server, SMALL);
            assertThat(failure.fault()).isEqualTo(Fault.UNREADABLE);
            assertThat(failure).hasMessageContaining("more than 1000 bytes");
            assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anOversizedErrorPageIsStillTheErrorThatItsStatusSays() {
        try (RawServer server = RawServer.writing(sized(5000).replace("200 OK", "503 Busy"))) {
            assertThat(failure(server, SMALL).fault()).isEqualTo(Fault.REGISTRY_DOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"data\":[",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"dat",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nCANARY\r\n",
                "CANARY garbage\r\n\r\n",
                "HTTP/1.1 200 OK\r\nCANARY",
            })
    void aCutOrGarbledAnswerIsTheNetworksFaultAndRepeatsNothingOfIt(String answer) {
        try (RawServer server = RawServer.writing(answer)) {
            RegistryException failure = failure(server, SMALL);
            assertThat(failure.fault()).isEqualTo(Fault.NETWORK);
            assertThat(failure).hasMessageNotContaining("CANARY").hasNoCause();
        }
    }

    @Test
    void aCutReadIsTriedAgain() {
        AtomicReference<String> answer =
                new AtomicReference<>("HTTP/1.1 200 OK\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{");
        try (RawServer server = new RawServer(
                (out, talk) -> out.write(answer.getAndSet(sized(2)).getBytes(US_ASCII)))) {
            assertThat(fixture.open(server.url())
                            .send(GatewayRequest.get("/members"))
                            .body())
                    .hasSize(2);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void anInterruptEndsTheCallAndStaysSet() throws Exception {
        CountDownLatch underWay = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        try (RawServer server = new RawServer((out, talk) -> {
            underWay.countDown();
            talk.hang();
        })) {
            Thread caller = new Thread(() -> {
                thrown.set(catchThrowableOfType(
                        RuntimeException.class, () -> fixture.open(server.url()).send(GatewayRequest.get("/members"))));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            assertThat(underWay.await(10, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            caller.join();
            assertThat(thrown.get()).isInstanceOf(CancellationException.class);
            assertThat(flag.get()).isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void nothingIsSentAfterTheOwnerHasClosed() {
        try (RawServer server = RawServer.writing(sized(2))) {
            var gateway = fixture.open(server.url());
            fixture.gateways.close();
            assertThatThrownBy(() -> gateway.send(GatewayRequest.get("/members")))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> fixture.open(server.url())).isInstanceOf(IllegalStateException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    private RegistryException failure(RawServer server, GatewayOptions options) {
        return catchThrowableOfType(
                RegistryException.class,
                () -> fixture.open(server.url(), options).send(GatewayRequest.get("/members")));
    }

    private static String sized(int bytes) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n" + "7".repeat(bytes);
    }
}
