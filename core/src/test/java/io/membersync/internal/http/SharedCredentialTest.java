package io.membersync.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimit;
import io.membersync.model.IntegrationId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Five integrations and a hundred threads use one credential, which the registry throttles. */
class SharedCredentialTest {

    private static final int INTEGRATIONS = 5;
    private static final int THREADS = 100;
    private static final GatewayRequest READ = GatewayRequest.get("/members");
    // A connection that the server closes unannounced may be taken for the next request, which then fails and waits.
    private static final String CLOSING = "Connection: close\r\n";
    private static final String FINE = "HTTP/1.1 200 OK\r\n" + CLOSING + "Content-Length: 2\r\n\r\n{}";

    private final ParkedTime time = new ParkedTime();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ExecutorService callers = Executors.newFixedThreadPool(THREADS + 1);
    private final Gateways gateways = new Gateways(time, time::park, new Random(7), executor, TargetPolicy.testMode());

    @AfterEach
    void close() {
        callers.shutdownNow();
        gateways.close();
        executor.shutdownNow();
    }

    private List<HttpGateway> open(RawServer server, RateLimit limit) {
        List<HttpGateway> opened = new ArrayList<>();
        for (int i = 0; i < INTEGRATIONS; i++) {
            opened.add(gateways.open(
                    IntegrationId.of("integration-" + i),
                    URI.create(server.url()),
                    GatewayFixture.KEY,
                    new GatewayOptions(GatewayFixture.PATIENT, GatewayFixture.STEADY, limit)));
        }
        return opened;
    }

    private List<Future<GatewayResponse>> send(List<HttpGateway> opened, int threads) {
        List<Future<GatewayResponse>> sent = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            HttpGateway gateway = opened.get(i % INTEGRATIONS);
            sent.add(callers.submit(() -> gateway.send(READ)));
        }
        return sent;
    }

    private static String throttled(int seconds) {
        return "HTTP/1.1 429 Slow\r\nRetry-After: " + seconds + "\r\n" + CLOSING + "Content-Length: 0\r\n\r\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void nobodySendsWhileTheRegistryWantsSilenceAndEverybodyIsServedAfterIt() throws Exception {
        CyclicBarrier all = new CyclicBarrier(THREADS);
        AtomicInteger received = new AtomicInteger();
        try (RawServer server = new RawServer((out, talk) -> {
            boolean first = received.incrementAndGet() <= THREADS;
            if (first) {
                awaitAll(all);
            }
            out.write(ascii(first ? throttled(10) : FINE));
        })) {
            List<HttpGateway> opened = open(server, RateLimit.UNLIMITED);
            List<Future<GatewayResponse>> sent = send(opened, THREADS);
            time.awaitParks(THREADS);
            Instant until = time.instant().plusSeconds(10);

            assertThat(opened)
                    .allSatisfy(gateway ->
                            assertThat(gateway.rateLimit().closedUntil()).contains(until));
            time.advance(Duration.ofSeconds(9));
            sent.add(callers.submit(() -> opened.get(0).send(READ)));
            time.awaitParks(THREADS + 1);
            assertThat(server.requests()).as("sent in the silence").hasSize(THREADS);

            time.advance(Duration.ofSeconds(1));
            for (Future<GatewayResponse> answer : sent) {
                assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
            assertThat(opened.get(0).rateLimit().closedUntil()).isEmpty();
        }
    }

    @Test
    void whoWaitsForItsTurnHeedsWhatOthersWereAskedForMeanwhile() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        try (RawServer server = new RawServer((out, talk) -> {
            waiting.await();
            out.write(ascii(throttled(10)));
        })) {
            List<HttpGateway> opened = open(server, new RateLimit(1, Duration.ofSeconds(5)));
            List<Future<GatewayResponse>> sent = send(opened, 2);
            time.awaitParks(1);
            waiting.countDown();
            time.awaitParks(2);

            time.advance(Duration.ofSeconds(5));
            time.awaitParks(3);

            assertThat(server.requests()).as("sent in the silence").hasSize(1);
            assertThat(sent).noneMatch(Future::isDone);
        }
    }

    @Test
    void nobodyStarvesWhereTheRegistryServesTenInAPeriod() throws Exception {
        AtomicInteger left = new AtomicInteger(10);
        AtomicInteger refused = new AtomicInteger();
        try (RawServer server = new RawServer((out, talk) -> {
            boolean served = left.getAndDecrement() > 0;
            if (!served) {
                refused.incrementAndGet();
            }
            out.write(ascii(served ? FINE : throttled(5)));
        })) {
            List<Future<GatewayResponse>> sent = send(open(server, RateLimit.UNLIMITED), THREADS);
            int periods = 0;
            while (!sent.stream().allMatch(Future::isDone)) {
                if (settled(sent)) {
                    left.set(10);
                    time.advance(Duration.ofSeconds(5));
                    assertThat(++periods).as("periods until all are served").isLessThan(40);
                }
            }

            for (Future<GatewayResponse> answer : sent) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
            assertThat(refused.get()).as("requests that were refused").isLessThan(THREADS + 6 * periods);
        }
    }

    @Test
    void aPersonHasHalfOfWhatTheRegistryPermitsHoweverManyRunInTheBackground() throws Exception {
        try (RawServer server = RawServer.writing(FINE)) {
            RateLimit limit = new RateLimit(1, Duration.ofSeconds(1));
            List<Future<GatewayResponse>> crowd = send(open(server, limit), THREADS - 1);
            time.awaitParks(1);
            HttpGateway person = gateways.open(
                    IntegrationId.of("waited-for"),
                    URI.create(server.url()),
                    GatewayFixture.KEY,
                    new GatewayOptions(GatewayFixture.PATIENT, GatewayFixture.STEADY, limit)
                            .waitedForBy(Urgency.PERSON_WAITS));
            Future<Integer> pages = callers.submit(() -> {
                for (int page = 0; page < 10; page++) {
                    person.send(READ);
                }
                return 10;
            });

            int seconds = 0;
            while (!pages.isDone()) {
                if (settled(crowd)) {
                    time.advance(Duration.ofSeconds(1));
                    seconds++;
                }
            }

            assertThat(seconds).as("seconds for ten pages").isLessThan(60);
            assertThat(crowd.stream().filter(Future::isDone).count())
                    .as("others served meanwhile")
                    .isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void aLongSilenceIsToldToEverybodyAtOnce() throws Exception {
        try (RawServer server = RawServer.writing(throttled(3600))) {
            List<HttpGateway> opened = open(server, RateLimit.UNLIMITED);
            RegistryException first = catchThrowableOfType(
                    RegistryException.class, () -> opened.get(0).send(READ));
            assertThat(first.fault()).isEqualTo(Fault.THROTTLED);

            for (HttpGateway gateway : opened) {
                RegistryException failure = catchThrowableOfType(RegistryException.class, () -> gateway.send(READ));
                assertThat(failure.fault()).isEqualTo(Fault.THROTTLED);
                assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** Gives the threads a moment; true when all that are not done wait for the clock, or for those that do. */
    private boolean settled(List<Future<GatewayResponse>> sent) throws Exception {
        long before = sent.stream().filter(Future::isDone).count();
        for (Future<GatewayResponse> answer : sent) {
            if (!answer.isDone()) {
                try {
                    answer.get(20, TimeUnit.MILLISECONDS);
                } catch (TimeoutException waits) {
                    break;
                }
            }
        }
        return time.parked() > 0
                && before == sent.stream().filter(Future::isDone).count();
    }

    private static void awaitAll(CyclicBarrier all) {
        try {
            all.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("Not all requests came", e);
        }
    }
}
