package io.membersync.internal.http;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.http.Attempt.Repetition;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns an answer that nobody asked for into a fault. Messages name the integration, the method, the path, the status
 * and the registry's error code; never a query, a header, a body or its free text.
 */
final class FaultReader {

    private final URI address;
    private final String what;

    /**
     * Makes a reader for one request.
     *
     * @param address where the request goes
     * @param what what is tried, for messages: integration, method and path
     */
    FaultReader(URI address, String what) {
        this.address = address;
        this.what = what;
    }

    /**
     * Judges an answer.
     *
     * @param request what was sent
     * @param response what came back
     * @param now the present, for a {@code Retry-After} date
     * @return the answer itself when the request asked for such a one, else the fault
     */
    Attempt read(GatewayRequest request, GatewayResponse response, Instant now) {
        int status = response.status();
        Optional<Attempt> meant = meant(request, response);
        if (meant.isPresent()) {
            return meant.get();
        }
        boolean wanted = status / 100 == 2 || request.accepted().contains(status);
        Optional<String> encoding = response.header("Content-Encoding").filter(e -> !e.equalsIgnoreCase("identity"));
        if (wanted && encoding.isPresent()) {
            return failed(Fault.UNREADABLE, status, " and a compressed body that was not asked for");
        }
        Optional<String> markup = markup(request, response);
        if (wanted) {
            return markup.map(kind -> failed(Fault.ENDPOINT, status, " and " + kind + " instead of data"))
                    .orElseGet(() -> new Attempt.Answered(response));
        }
        Problem problem = problem(request, response);
        if (status / 100 == 3) {
            return failed(Fault.ENDPOINT, status, ", which leads to " + redirectTarget(response));
        }
        if (status == 429 || status == 408 || status == 425 || status >= 500) {
            return busy(problem, response, now);
        }
        return markup.map(kind -> failed(Fault.ENDPOINT, status, " and " + kind + " instead of an answer of the API"))
                .orElseGet(() -> refused(status, problem));
    }

    // An error whose code the caller knows is never an answer, not even with a status that is accepted.
    private Optional<Attempt> meant(GatewayRequest request, GatewayResponse response) {
        if (response.status() / 100 == 2 || request.meanings().isEmpty()) {
            return Optional.empty();
        }
        Problem problem = problem(request, response);
        return Optional.ofNullable(request.meanings().get(problem.code().toLowerCase(Locale.ROOT)))
                .map(fault -> failed(fault, response.status(), problem.inBrackets()));
    }

    private static Problem problem(GatewayRequest request, GatewayResponse response) {
        return Problem.read(response.body()).without(request.headers().values());
    }

    private static Optional<String> markup(GatewayRequest request, GatewayResponse response) {
        boolean welcome = request.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Accept"))
                .map(header -> header.getValue().toLowerCase(Locale.ROOT))
                .anyMatch(type -> type.contains("html") || type.contains("xml"));
        return welcome
                ? Optional.empty()
                : Markup.in(response.header("Content-Type").orElse(""), response.body());
    }

    private Attempt busy(Problem problem, GatewayResponse response, Instant now) {
        int status = response.status();
        Fault fault = status == 429 ? Fault.THROTTLED : Fault.REGISTRY_DOWN;
        Optional<Duration> pause = response.header("Retry-After")
                .flatMap(text -> RetryAfter.read(text, now))
                .or(() -> status == 429 ? quotaReset(response, now) : Optional.empty());
        String asked = pause.map(p -> ", asking for a pause of " + p.toSeconds() + " s")
                .orElse("");
        String message = answered(status + problem.inBrackets() + asked);
        return new Attempt.Failed(
                new RegistryException(fault, message, pause.orElse(null), null),
                repetition(status, pause.isPresent()),
                Integer.toString(status));
    }

    // Some registries tell only when their quota begins anew.
    private static Optional<Duration> quotaReset(GatewayResponse response, Instant now) {
        return response.header("X-RateLimit-Reset").flatMap(text -> RetryAfter.readReset(text, now));
    }

    private static Repetition repetition(int status, boolean pauseAsked) {
        return switch (status) {
            case 429 -> Repetition.ALWAYS;
            case 503 -> pauseAsked ? Repetition.ALWAYS : Repetition.WHEN_REPEATABLE;
            case 408, 425, 500, 502, 504 -> Repetition.WHEN_REPEATABLE;
            default -> Repetition.USELESS;
        };
    }

    private Attempt refused(int status, Problem problem) {
        Fault fault = fault(status, problem);
        String meaning = fault == Fault.CREDENTIALS ? meaning(status, problem) : "";
        return failed(fault, status, problem.inBrackets() + meaning);
    }

    private static Fault fault(int status, Problem problem) {
        return switch (status) {
            case 401, 403 -> Fault.CREDENTIALS;
            case 404, 405, 421 -> Fault.ENDPOINT;
            case 407 -> Fault.NETWORK;
            case 409, 412 -> Fault.CHANGED_MEANWHILE;
            case 410 -> problem.says("cursor") ? Fault.CURSOR_EXPIRED : Fault.ENDPOINT;
            default -> Fault.REJECTED;
        };
    }

    private static String meaning(int status, Problem problem) {
        if (problem.says("revoked", "stopped", "stoppet", "disabled")) {
            return ": the key has been revoked";
        }
        if (problem.says("expired", "utlopt")) {
            return ": the key has expired";
        }
        if (problem.says("room", "organization", "organisasjon", "tenant")) {
            return ": the key belongs to another organization or room";
        }
        if (problem.says("scope", "permi", "privilege", "insufficient")) {
            return ": the key lacks a right";
        }
        return status == 401 ? ": the key is not known there" : ": the key may not do this";
    }

    private String redirectTarget(GatewayResponse response) {
        try {
            URI target = address.resolve(new URI(response.header("Location").orElse("")));
            String host = String.valueOf(target.getHost());
            return host.equalsIgnoreCase(address.getHost()) ? "another address on the same host" : "the host " + host;
        } catch (URISyntaxException e) {
            return "an address that cannot be read";
        }
    }

    private Attempt failed(Fault fault, int status, String answer) {
        return new Attempt.Failed(
                new RegistryException(fault, answered(status + answer)), Repetition.USELESS, Integer.toString(status));
    }

    private String answered(String answer) {
        return what + " was answered with " + answer;
    }
}
