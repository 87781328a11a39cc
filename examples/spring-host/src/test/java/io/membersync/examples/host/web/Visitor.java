package io.membersync.examples.host.web;

import io.membersync.examples.host.demo.DemoHost;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody who speaks HTTP to the host, with cookies of the own, and follows no redirects. Used by one thread. */
final class Visitor {

    /**
     * What came back.
     *
     * @param status the status
     * @param response all of it but the body
     * @param body the text; empty for a stream of events, which never ends
     */
    record Answer(int status, HttpResponse<InputStream> response, String body) {

        /** {@return a header; empty for none} */
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** {@return whether it is a page} */
        boolean isPage() {
            return header("Content-Type").startsWith("text/html");
        }

        /** {@return whether it says: go to this page} */
        boolean sendsTo(String path) {
            return status == 302
                    && response.uri().resolve(header("Location")).getPath().equals(path);
        }
    }

    private static final Pattern CSRF =
            Pattern.compile("<meta name=\"csrf\" content=\"([^\"]+)\" data-header=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DemoHost host;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private String header = "X-None";
    private String token = "none";

    private Visitor(DemoHost host) {
        this.host = host;
    }

    /** {@return somebody with a session and its token, who has not logged in} */
    static Visitor unknown(DemoHost host) {
        Visitor visitor = new Visitor(host);
        visitor.takeToken("/login");
        return visitor;
    }

    /** {@return a user, logged in} */
    static Visitor of(DemoHost host, String user) {
        Visitor visitor = unknown(host);
        Answer answer = visitor.post("/login", Map.of("username", user, "password", "demo"));
        if (!answer.sendsTo("/")) {
            throw new IllegalStateException(user + " could not log in: " + answer.status());
        }
        visitor.takeToken("/");
        return visitor;
    }

    private void takeToken(String page) {
        Matcher found = CSRF.matcher(get(page).body());
        if (!found.find()) {
            throw new IllegalStateException(page + " has no CSRF token");
        }
        token = found.group(1);
        header = found.group(2);
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(host.page(path)));
    }

    Answer get(String path, String header, String value) {
        return send(HttpRequest.newBuilder(host.page(path)).header(header, value));
    }

    Answer post(String path, Map<String, String> form) {
        return send(posting(path, form).header(header, token));
    }

    Answer postWithoutToken(String path, Map<String, String> form) {
        return send(posting(path, form));
    }

    /** Posts, and goes where the answer says. */
    Answer postAndFollow(String path, Map<String, String> form) {
        Answer answer = post(path, form);
        return answer.status() == 302 ? get(path(answer)) : answer;
    }

    private static String path(Answer redirect) {
        String location = redirect.header("Location");
        return location.startsWith("http") ? location.replaceFirst("^https?://[^/]+", "") : location;
    }

    private HttpRequest.Builder posting(String path, Map<String, String> form) {
        return HttpRequest.newBuilder(host.page(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form)));
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** {@return what never ends by itself} */
    InputStream open(String path) {
        try {
            return http.send(HttpRequest.newBuilder(host.page(path)).build(), HttpResponse.BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response =
                    http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                boolean endless = response.headers()
                        .firstValue("Content-Type")
                        .filter(type -> type.startsWith("text/event-stream"))
                        .isPresent();
                String text = endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(response.statusCode(), response, text);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
