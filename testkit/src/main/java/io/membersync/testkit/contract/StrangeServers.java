package io.membersync.testkit.contract;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.SimulatorServer;
import io.membersync.testkit.simulator.Site;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/** Servers on this machine that are no registry. Closed with the test; used by one thread. */
final class StrangeServers implements Closeable {

    private static final int MOST_KNOCKS = 200;
    private static final int KNOCK_MILLIS = 100;

    private final Deque<Closeable> open = new ArrayDeque<>();

    /** {@return an address nobody listens on} */
    URI closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return at("http", socket.getLocalPort());
        }
    }

    /** {@return an address that takes no connection and refuses none: its queue is full} */
    URI blackHole() throws IOException {
        ServerSocket full = opened(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < MOST_KNOCKS; i++) {
            Socket knock = opened(new Socket());
            try {
                knock.connect(full.getLocalSocketAddress(), KNOCK_MILLIS);
            } catch (IOException nobodyOpens) {
                break;
            }
        }
        return at("http", full.getLocalPort());
    }

    /** {@return a server that takes requests and never answers} */
    URI hanging() {
        return wrong(Fault.hang());
    }

    /** {@return a server whose answer takes longer than anybody waits, though something of it always comes} */
    URI dripping() {
        return wrong(Fault.drip(1, Duration.ofMillis(500)));
    }

    private URI wrong(Fault fault) {
        Faults faults = new Faults();
        faults.on("*").then(fault);
        return serving(
                request -> Answer.of(200, "application/json", "{\"status\":\"ok\"}"), faults, new RequestLog(10));
    }

    /** {@return a server that leads every request to the same path of another one} */
    URI leading(int status, URI elsewhere) {
        return answering(request -> Answer.of(status).with("Location", elsewhere + request.target()));
    }

    /** {@return a server that answers as it is told} */
    URI answering(Function<SimulatedRequest, Answer> answer) {
        return serving(answer, new Faults(), new RequestLog(10));
    }

    /** {@return a server that has nothing and notes what it is asked} */
    URI noting(RequestLog log) {
        return serving(request -> Answer.of(404), new Faults(), log);
    }

    /** {@return a server over TLS whose certificate is made out to another name} */
    URI otherName(OtherName identity) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        server.start();
        open.push(() -> server.stop(0));
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    private URI serving(Function<SimulatedRequest, Answer> answer, Faults faults, RequestLog log) {
        Site site = new Site() {
            @Override
            public String route(SimulatedRequest request) {
                return request.method() + " " + request.path();
            }

            @Override
            public Answer answer(SimulatedRequest request) {
                return answer.apply(request);
            }
        };
        SimulatorServer server = SimulatorServer.start(0, site, faults, log, Duration.ZERO);
        open.push(server::close);
        return at("http", server.port());
    }

    private <T extends Closeable> T opened(T server) {
        open.push(server);
        return server;
    }

    private static URI at(String scheme, int port) {
        return URI.create(scheme + "://127.0.0.1:" + port);
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
