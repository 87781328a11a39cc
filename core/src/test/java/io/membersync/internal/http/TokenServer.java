package io.membersync.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A sign-in service at {@code /token} and an API at {@code /api}, at one address or two. */
final class TokenServer implements AutoCloseable {

    final List<String> forms = new CopyOnWriteArrayList<>();
    final List<String> bearers = new CopyOnWriteArrayList<>();
    final AtomicInteger tokens = new AtomicInteger();
    final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
    volatile int lifetime = 3599;
    volatile int tokenStatus = 200;
    volatile String tokenBody = "";
    volatile String refused = "";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    TokenServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/token", this::token);
        server.createContext("/api", this::api);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void token(HttpExchange exchange) throws IOException {
        gate.acquireUninterruptibly();
        gate.release();
        forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String good = "{\"token_type\":\"Bearer\",\"expires_in\":" + lifetime + ",\"access_token\":\"tokenCANARY"
                + tokens.incrementAndGet() + "\"}";
        answer(exchange, tokenStatus, tokenBody.isEmpty() ? good : tokenBody);
    }

    private void api(HttpExchange exchange) throws IOException {
        String bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        bearers.add(bearer);
        boolean no = !refused.isEmpty() && bearer.matches(refused);
        answer(exchange, no ? 401 : 200, "{}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
