package io.membersync.testkit.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Writes the answers of one connection, whole or in the way a fault wants them. Used by one thread. */
final class AnswerWriter {

    /** Answers up to this size go out together with their head in one piece. */
    private static final int ONE_PIECE = 32 * 1024;

    private static final Duration FOREVER = Duration.ofDays(365);
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final Map<Integer, String> REASONS = Map.of(
            200,
            "OK",
            201,
            "Created",
            301,
            "Moved Permanently",
            304,
            "Not Modified",
            404,
            "Not Found",
            503,
            "Service Unavailable");

    private final Socket socket;
    private final OutputStream out;
    private final Pause pause;

    AnswerWriter(Socket socket, Pause pause) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.pause = pause;
    }

    /** Waits; ends early with an exception when the server closes. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws IOException;
    }

    /** Returns whether the connection can take another request. */
    boolean write(String method, Answer answer, boolean keepAlive) throws IOException {
        Delivery delivery = answer.delivery();
        if (!delivery.delay().isZero()) {
            pause.of(delivery.delay());
        }
        if (delivery.silent()) {
            return silence(delivery);
        }
        byte[] head = head(answer, keepAlive).getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = method.equals("HEAD") ? new byte[0] : answer.body();
        if (delivery.bodyLimit() >= 0 && delivery.bodyLimit() < body.length) {
            portions(head, Arrays.copyOf(body, (int) delivery.bodyLimit()), delivery);
            return false;
        }
        portions(head, body, delivery);
        return keepAlive;
    }

    private boolean silence(Delivery delivery) throws IOException {
        if (delivery.held()) {
            pause.of(FOREVER);
        }
        if (delivery.reset()) {
            socket.setSoLinger(true, 0);
        }
        return false;
    }

    private void portions(byte[] head, byte[] body, Delivery delivery) throws IOException {
        if (delivery.dripBytes() > 0) {
            out.write(head);
            for (int at = 0; at < body.length; at += delivery.dripBytes()) {
                pause.of(delivery.dripPause());
                out.write(body, at, Math.min(delivery.dripBytes(), body.length - at));
            }
        } else if (body.length <= ONE_PIECE) {
            byte[] whole = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, whole, head.length, body.length);
            out.write(whole);
        } else {
            out.write(head);
            out.write(body);
        }
    }

    private static String head(Answer answer, boolean keepAlive) {
        int status = answer.status();
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(status).append(' ');
        head.append(REASONS.getOrDefault(status, "Status")).append("\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (status != 304 && status != 204) {
            head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        }
        if (!answer.headers().containsKey("Date")) {
            head.append("Date: ")
                    .append(ZonedDateTime.now(ZoneOffset.UTC).format(HTTP_DATE))
                    .append("\r\n");
        }
        return head.append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n").toString();
    }
}
