package io.membersync.connector.cornerstone;

import io.membersync.internal.json.JsonAnswer;
import io.membersync.internal.json.JsonObject;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import java.util.List;
import java.util.Optional;

/** An error that the registry itself answered. Immutable. */
final class Problem {

    private final JsonObject body;
    private final CornerstoneProfile.ProblemNames names;

    private Problem(JsonObject body, CornerstoneProfile.ProblemNames names) {
        this.body = body;
        this.names = names;
    }

    /**
     * Reads an error.
     *
     * @return nothing when the answer is anything else, such as a proxy's page or another server's error, which has no
     *     type
     */
    static Optional<Problem> of(byte[] body, CornerstoneProfile.ProblemNames names) {
        return JsonAnswer.object(body)
                .filter(object -> object.text(names.type()).isPresent())
                .map(object -> new Problem(object, names));
    }

    /** {@return the last step of the type, such as {@code key-revoked}; empty without one} */
    String kind() {
        String type = body.text(names.type()).orElse("");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    /** {@return the whole error} */
    JsonObject body() {
        return body;
    }

    /** {@return the first of the single errors} */
    Optional<RecordBody> firstError() {
        if (!(body.read(names.errors()) instanceof RawValue.Items items)) {
            return Optional.empty();
        }
        List<RawValue> all = items.items();
        return all.isEmpty() || !(all.get(0) instanceof RawValue.Group group)
                ? Optional.empty()
                : Optional.of(group.body());
    }
}
