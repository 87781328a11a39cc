package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.SyntheticNationalId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the identity number of a member. No answer ever shows a number. Threads: safe for many threads.
 */
final class NinEndpoint {

    private final IdempotentAnswers idempotent;
    private final NinGate gate;

    NinEndpoint(IdempotentAnswers idempotent, NinGate gate) {
        this.idempotent = idempotent;
        this.gate = gate;
    }

    Answer put(CornerstoneRoom room, String memberId, SimulatedRequest request) {
        return idempotent.answer(room, request, () -> {
            gate.pass();
            Optional<ObjectNode> body = MemberJson.parse(request.body());
            if (body.isEmpty()) {
                return Problem.badRequest("invalid-json", "The body is not an object of JSON.");
            }
            return room.write(() -> put(room, memberId, body.get()));
        });
    }

    private static Answer put(CornerstoneRoom room, String memberId, ObjectNode body) {
        Optional<StoredMember> found = room.state().find(memberId);
        if (found.isEmpty() || !found.get().isLive()) {
            return found.map(Problem::gone).orElseGet(() -> Problem.notFound("member"));
        }
        if (room.refusesNationalId(memberId)) {
            return Problem.of(403, "nin-not-permitted", "Forbidden", "The number may not be kept for this member.")
                    .answer();
        }
        List<Problem.FieldError> errors = errorsOf(body);
        if (!errors.isEmpty()) {
            return Problem.invalid("nin-invalid", errors);
        }
        String number = body.path("value").textValue();
        Optional<String> held = room.nationalId(memberId);
        if (held.isPresent() && !held.get().equals(number)) {
            return Problem.of(409, "nin-conflict", "Conflict", "The member has another number.")
                    .answer();
        }
        if (held.isEmpty()) {
            room.storeNationalId(memberId, number);
        }
        return stored(
                held.isEmpty() ? 201 : 200,
                memberId,
                room.state().findLive(memberId).orElseThrow());
    }

    private static List<Problem.FieldError> errorsOf(ObjectNode body) {
        List<Problem.FieldError> errors = new ArrayList<>();
        JsonNode value = body.path("value");
        if (!value.isTextual()) {
            errors.add(new Problem.FieldError("/value", "invalid-type", "The number must be text."));
        } else if (!SyntheticNationalId.isValid(value.textValue())) {
            errors.add(new Problem.FieldError("/value", "invalid-format", "The number is not an identity number."));
        }
        if (body.path("source").asText("").isBlank()) {
            errors.add(new Problem.FieldError("/source", "required", "The field cannot be empty."));
        }
        if (!FieldRules.isInstant(body.path("verifiedAt").asText(""))) {
            errors.add(new Problem.FieldError("/verifiedAt", "invalid-format", "The field must be a time in UTC."));
        }
        return errors;
    }

    private static Answer stored(int status, String memberId, StoredMember member) {
        ObjectNode body = MemberJson.object().put("id", memberId).put("hasNin", true);
        body.put("etag", Long.toString(member.etag()));
        return MemberJson.answer(status, body).with("ETag", member.quotedEtag());
    }
}
