package io.membersync.testkit.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the requests of one connection. Used by one thread. */
final class RequestReader {

    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_BODY = 16 * 1024 * 1024;
    private static final byte[] GO_ON = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final OutputStream out;
    private int headBytes;

    RequestReader(Socket socket) throws IOException {
        this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        this.out = socket.getOutputStream();
    }

    /**
     * What came: a request; or none with a status to refuse with, or none and 0 when the client has closed.
     */
    record Incoming(Optional<SimulatedRequest> request, boolean keepAlive, int refusal) {

        private static Incoming refused(int status) {
            return new Incoming(Optional.empty(), false, status);
        }
    }

    Incoming next() throws IOException {
        headBytes = 0;
        Optional<String> start = line();
        while (start.isPresent() && start.get().isEmpty()) {
            start = line();
        }
        if (start.isEmpty()) {
            return Incoming.refused(0);
        }
        String[] parts = start.get().split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            return Incoming.refused(400);
        }
        try {
            Map<String, List<String>> headers = headers();
            byte[] body = body(headers);
            SimulatedRequest request = new SimulatedRequest(parts[0], parts[1], headers, body);
            return new Incoming(Optional.of(request), keepsAlive(parts[2], request), 0);
        } catch (Unreadable refused) {
            return Incoming.refused(refused.status);
        }
    }

    private static boolean keepsAlive(String version, SimulatedRequest request) {
        String connection = request.header("Connection").orElse("").toLowerCase(Locale.ROOT);
        return version.equals("HTTP/1.0") ? connection.contains("keep-alive") : !connection.contains("close");
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        while (true) {
            String line = line().orElseThrow(() -> new Unreadable(400));
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new Unreadable(400);
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).trim());
        }
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("Expect")) {
            out.write(GO_ON);
        }
        if (headers.containsKey("Transfer-Encoding")) {
            return chunks();
        }
        List<String> length = headers.getOrDefault("Content-Length", List.of("0"));
        return exactly(size(length.get(0), 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line().orElseThrow(() -> new Unreadable(400));
            int size = size(line.split(";", -1)[0].trim(), 16);
            if (size == 0) {
                break;
            }
            body.write(exactly(size));
            line();
            if (body.size() > MAX_BODY) {
                throw new Unreadable(413);
            }
        }
        while (!line().orElse("").isEmpty()) {
            // trailers say nothing a simulator needs
        }
        return body.toByteArray();
    }

    private static int size(String text, int radix) throws Unreadable {
        try {
            int size = Integer.parseInt(text, radix);
            if (size < 0) {
                throw new Unreadable(400);
            }
            if (size > MAX_BODY) {
                throw new Unreadable(413);
            }
            return size;
        } catch (NumberFormatException notANumber) {
            throw new Unreadable(400);
        }
    }

    private byte[] exactly(int size) throws IOException {
        byte[] body = in.readNBytes(size);
        if (body.length < size) {
            throw new IOException("the client closed in the middle of a body");
        }
        return body;
    }

    private Optional<String> line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int one = in.read(); one >= 0; one = in.read()) {
            if (++headBytes > MAX_HEAD) {
                throw new Unreadable(431);
            }
            if (one == '\n') {
                int last = line.length() - 1;
                if (last >= 0 && line.charAt(last) == '\r') {
                    line.setLength(last);
                }
                return Optional.of(line.toString());
            }
            line.append((char) one);
        }
        return Optional.empty();
    }

    /** A request that breaks HTTP, and the status to refuse it with. */
    private static final class Unreadable extends IOException {

        private static final long serialVersionUID = 1L;

        private final int status;

        private Unreadable(int status) {
            super("unreadable request, answered " + status);
            this.status = status;
        }
    }
}
