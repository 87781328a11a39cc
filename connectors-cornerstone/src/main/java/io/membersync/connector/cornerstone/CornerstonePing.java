package io.membersync.connector.cornerstone;

import io.membersync.connector.Abilities;
import io.membersync.connector.ConnectionReport;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.internal.json.JsonObject;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Asks the registry who it is and judges what comes back. Safe for many threads. */
final class CornerstonePing {

    private static final String WRONG_BASE_URL =
            "Check the base URL: something answered there, but it is not the member system's API.";

    private final CornerstoneProfile profile;
    private final CornerstoneCalls calls;

    CornerstonePing(CornerstoneProfile profile, CornerstoneCalls calls) {
        this.profile = profile;
        this.calls = calls;
    }

    /**
     * Asks once.
     *
     * @param abilities what can be done with a set of scopes; called when the registry tells them
     * @return what it answered
     */
    ConnectionReport ask(Function<Set<String>, Abilities> abilities) {
        try {
            GatewayResponse answer = calls.ping();
            return answer.status() == 200 ? greeted(answer, abilities) : refused(answer);
        } catch (RegistryException e) {
            return ConnectionReport.Failed.of(e);
        }
    }

    private ConnectionReport greeted(GatewayResponse answer, Function<Set<String>, Abilities> abilities) {
        CornerstoneProfile.Greeting names = profile.greeting();
        Optional<JsonObject> greeting = JsonAnswer.object(answer.body());
        Optional<String> room = greeting.flatMap(g -> g.text(names.room())).filter(name -> !name.isBlank());
        if (room.isEmpty() || !(greeting.get().read(names.scopes()) instanceof RawValue.Items listed)) {
            return new ConnectionReport.Failed(
                    Fault.ENDPOINT, what() + ": status 200, but no answer of the registry's shape", WRONG_BASE_URL);
        }
        Set<String> scopes = texts(listed);
        if (!scopes.contains(names.readScope())) {
            return new ConnectionReport.Failed(
                    Fault.CREDENTIALS,
                    what() + ": the key lacks the scope " + names.readScope(),
                    "The API key may not read members. Ask for an API key with the right '" + names.readScope() + "'.");
        }
        return new ConnectionReport.Connected(
                greeting.get()
                        .text(names.name())
                        .filter(name -> !name.isBlank())
                        .orElse(room.get()),
                members(greeting.get(), names.members()),
                greeting.get().text(names.version()),
                abilities.apply(scopes));
    }

    private static Set<String> texts(RawValue.Items listed) {
        Set<String> texts = new LinkedHashSet<>();
        for (RawValue item : listed.items()) {
            if (item instanceof RawValue.Text text) {
                texts.add(text.text());
            }
        }
        return texts;
    }

    private static OptionalLong members(JsonObject greeting, FieldPath path) {
        return greeting.read(path) instanceof RawValue.Numeral number
                        && number.text().matches("\\d{1,12}")
                ? OptionalLong.of(Long.parseLong(number.text()))
                : OptionalLong.empty();
    }

    // A web page that refuses does not get here: the gateway takes it for a wrong base URL.
    private ConnectionReport refused(GatewayResponse answer) {
        String kind =
                Problem.of(answer.body(), profile.problem()).map(Problem::kind).orElse("");
        String detail = what() + ": status " + answer.status();
        String advice = profile.problem().keyAdvice().get(kind);
        return advice == null
                ? new ConnectionReport.Failed(Fault.CREDENTIALS, detail, Fault.CREDENTIALS.advice())
                : new ConnectionReport.Failed(Fault.CREDENTIALS, detail + ", " + kind, advice);
    }

    private String what() {
        return calls.what("GET", profile.paths().ping());
    }
}
