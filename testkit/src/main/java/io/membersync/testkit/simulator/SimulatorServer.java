package io.membersync.testkit.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small HTTP/1.1 server on the loopback address, with a thread for each connection.
 *
 * <p>It stands on plain sockets, because a simulator has to do on the wire what a proper server refuses to: cut an
 * answer in the middle, drip it, reset, or keep silent. Threads: safe for many threads.
 */
public final class SimulatorServer implements AutoCloseable {

    private static final int BACKLOG = 512;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ServerSocket listening;
    private final Site site;
    private final Faults faults;
    private final RequestLog log;
    private final Duration latency;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private SimulatorServer(ServerSocket listening, Site site, Faults faults, RequestLog log, Duration latency) {
        this.listening = listening;
        this.site = site;
        this.faults = faults;
        this.log = log;
        this.latency = latency;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulator-" + listening.getLocalPort() + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to listen.
     *
     * @param port port on the loopback address, 0 for any that is free
     * @param site what answers
     * @param faults the faults to look at for each request
     * @param log where each request is noted
     * @param latency time to wait before each answer; may be zero
     * @return the server, to be closed after use
     * @throws UncheckedIOException if the port is taken
     */
    public static SimulatorServer start(int port, Site site, Faults faults, RequestLog log, Duration latency) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
            SimulatorServer server = new SimulatorServer(socket, site, faults, log, latency);
            server.threads.execute(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /** {@return the port it listens on} */
    public int port() {
        return listening.getLocalPort();
    }

    /** Stops listening and closes every connection, also those a fault keeps open. */
    @Override
    public void close() {
        closed.countDown();
        closeQuietly(listening);
        open.forEach(SimulatorServer::closeQuietly);
        threads.shutdownNow();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                take(listening.accept());
            } catch (IOException closing) {
                // The only way out of the loop is close(); a connection that died early is no reason to stop.
            }
        }
    }

    private void take(Socket socket) {
        open.add(socket);
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException closing) {
            closeQuietly(socket);
        }
        if (closed.getCount() == 0) {
            // close() may have gone through the open connections before this one was among them.
            closeQuietly(socket);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            RequestReader reader = new RequestReader(socket);
            AnswerWriter writer = new AnswerWriter(socket, this::pause);
            while (serveOne(reader, writer)) {
                // the next request of the same connection
            }
        } catch (IOException connectionLost) {
            // Nobody is left to tell.
        } finally {
            open.remove(socket);
        }
    }

    private boolean serveOne(RequestReader reader, AnswerWriter writer) throws IOException {
        RequestReader.Incoming incoming = reader.next();
        if (incoming.request().isEmpty()) {
            if (incoming.refusal() != 0) {
                writer.write("GET", Answer.of(incoming.refusal()), false);
            }
            return false;
        }
        SimulatedRequest request = incoming.request().get();
        Answer answer = answer(request).after(latency);
        boolean goOn = writer.write(request.method(), answer, incoming.keepAlive());
        answer.sent();
        return goOn;
    }

    private Answer answer(SimulatedRequest request) {
        Instant receivedAt = Instant.now();
        long start = System.nanoTime();
        String route = site.route(request);
        Answer answer;
        try {
            answer = faults.answer(route, request, () -> site.answer(request));
        } catch (RuntimeException broken) {
            // A simulator that breaks must be seen as such, and not as a registry that is down.
            answer = Answer.of(
                    599, "text/plain", "simulator failed: " + broken.getClass().getName());
        }
        int status = answer.delivery().silent() ? 0 : answer.status();
        Duration work = Duration.ofNanos(System.nanoTime() - start);
        log.add(new LoggedRequest(route, request, status, answer.body().length, receivedAt, work));
        return answer;
    }

    /** Waits, but not longer than the server lives; a null duration waits for its end. */
    private void pause(Duration duration) throws IOException {
        try {
            if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the server was closed");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("the server was closed", stopped);
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
