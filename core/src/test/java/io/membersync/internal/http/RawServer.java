package io.membersync.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that answers with bytes rather than with HTTP, so that it can break every rule. */
final class RawServer implements AutoCloseable {

    /** What is written after a request has come in. */
    @FunctionalInterface
    interface Script {
        void answer(OutputStream out, Talk talk) throws IOException, InterruptedException;
    }

    /**
     * One request that is being answered.
     *
     * @param in what the client still sends
     * @param closed counted down when the test is over
     */
    record Talk(InputStream in, CountDownLatch closed) {

        /** Waits until the test is over. */
        void hang() throws InterruptedException {
            closed.await();
        }

        /** Waits for a while, or until the test is over. */
        void pause(long millis) throws InterruptedException {
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("the test is over");
            }
        }

        /** Waits until the client closes the connection. */
        void waitForHangUp() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    // As many as a test connects at once: the kernel drops what is beyond, and clients try again much later.
    private static final int BACKLOG = 200;

    private final ServerSocket listener;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    RawServer(Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    static RawServer writing(String answer) {
        return new RawServer((out, talk) -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));
    }

    String url() {
        return "http://localhost:" + listener.getLocalPort();
    }

    /** {@return the first line of every request that came in} */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String head = head(socket.getInputStream());
            if (!head.isEmpty()) {
                requests.add(head.substring(0, Math.max(0, head.indexOf('\r'))));
                script.answer(socket.getOutputStream(), new Talk(socket.getInputStream(), closed));
                socket.getOutputStream().flush();
            }
        } catch (IOException | InterruptedException e) {
            // The client went away, which is what some tests want.
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int next;
        while (head.indexOf("\r\n\r\n") < 0 && (next = in.read()) >= 0) {
            head.append((char) next);
        }
        return head.toString();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
