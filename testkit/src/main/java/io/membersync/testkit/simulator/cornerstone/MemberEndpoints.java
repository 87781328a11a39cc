package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.internal.StoredForm;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One member: read, changed under a condition, and added. Threads: safe for many threads. */
final class MemberEndpoints {

    private final IdempotentAnswers idempotent;
    private final BooleanSupplier tidies;

    MemberEndpoints(IdempotentAnswers idempotent, BooleanSupplier tidies) {
        this.idempotent = idempotent;
        this.tidies = tidies;
    }

    Answer read(CornerstoneRoom room, String memberId, SimulatedRequest request) {
        Optional<StoredMember> found = room.read(() -> room.state().find(memberId));
        if (found.isEmpty()) {
            return Problem.notFound("member");
        }
        StoredMember member = found.get();
        if (member.state() == StoredMember.State.MERGED) {
            return Answer.of(301).with("Location", location(room, member.note()));
        }
        if (!member.isLive()) {
            return Problem.gone(member);
        }
        if (listed(request.header("If-None-Match"), member.quotedEtag())) {
            return Answer.of(304).with("ETag", member.quotedEtag());
        }
        byte[] json = room.malformations().applied(memberId, member.json());
        return Answer.of(200, "application/json", json).with("ETag", member.quotedEtag());
    }

    Answer patch(CornerstoneRoom room, String memberId, SimulatedRequest request) {
        if (!mediaType(request).equals("application/merge-patch+json")) {
            return Problem.of(415, "unsupported-media-type", "Unsupported media type", "Send a JSON merge patch.")
                    .answer();
        }
        Optional<ObjectNode> patch = MemberJson.parse(request.body());
        if (patch.isEmpty()) {
            return Problem.badRequest("invalid-json", "The body is not an object of JSON.");
        }
        return room.write(() -> patched(room, memberId, request, patch.get()));
    }

    private Answer patched(CornerstoneRoom room, String memberId, SimulatedRequest request, ObjectNode patch) {
        Optional<StoredMember> found = room.state().find(memberId);
        if (found.isEmpty() || !found.get().isLive()) {
            return found.map(Problem::gone).orElseGet(() -> Problem.notFound("member"));
        }
        String current = found.get().quotedEtag();
        if (request.header("If-Match").isEmpty()) {
            return Problem.of(428, "precondition-required", "Precondition required", "Send If-Match.")
                    .answer();
        }
        if (!listed(request.header("If-Match"), current)) {
            return Problem.of(412, "version-conflict", "Precondition failed", "The member has changed since.")
                    .answer()
                    .with("ETag", current);
        }
        List<Problem.FieldError> errors = FieldRules.errorsOf(patch);
        if (!errors.isEmpty()) {
            return Problem.invalid(worst(errors), errors);
        }
        if (tidies.getAsBoolean()) {
            tidy(patch);
        }
        room.patched(memberId, patch);
        return written(200, room.state().findLive(memberId).orElseThrow());
    }

    private static void tidy(ObjectNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode group) {
                tidy(group);
            } else if (field.getValue().isTextual()) {
                String text = field.getValue().textValue();
                patch.put(
                        field.getKey(),
                        switch (field.getKey()) {
                            case "city" -> StoredForm.place(text);
                            case "mobile" -> StoredForm.phone(text);
                            default -> StoredForm.tidy(text);
                        });
            }
        });
    }

    Answer create(CornerstoneRoom room, String none, SimulatedRequest request) {
        return idempotent.answer(room, request, () -> {
            Optional<ObjectNode> member = MemberJson.parse(request.body());
            if (member.isEmpty()) {
                return Problem.badRequest("invalid-json", "The body is not an object of JSON.");
            }
            List<Problem.FieldError> errors = FieldRules.errorsOfNew(member.get());
            if (!errors.isEmpty()) {
                return Problem.invalid(worst(errors), errors);
            }
            return room.write(() -> created(room, member.get()));
        });
    }

    private static Answer created(CornerstoneRoom room, ObjectNode member) {
        String number = member.path("memberNumber").asText("");
        if (!number.isEmpty() && room.state().idOfNumber(number).isPresent()) {
            return Problem.of(409, "duplicate-member-number", "Conflict", "Another member has this member number.")
                    .answer();
        }
        String id = NewMember.added(room, room.state(), member);
        return written(201, room.state().findLive(id).orElseThrow()).with("Location", location(room, id));
    }

    private static Answer written(int status, StoredMember member) {
        return Answer.of(status, "application/json", member.json()).with("ETag", member.quotedEtag());
    }

    static String mediaType(SimulatedRequest request) {
        String header = request.header("Content-Type").orElse("");
        return header.split(";", -1)[0].trim().toLowerCase(Locale.ROOT);
    }

    private static String worst(List<Problem.FieldError> errors) {
        boolean readOnly = errors.stream().anyMatch(error -> error.code().equals("read-only"));
        return readOnly ? "read-only" : "validation";
    }

    /** Compares as the HTTP standard says for strong validators: a weak one never matches. */
    private static boolean listed(Optional<String> header, String etag) {
        return header.isPresent()
                && Arrays.stream(header.get().split(",", -1))
                        .map(String::trim)
                        .anyMatch(candidate -> candidate.equals("*") || candidate.equals(etag));
    }

    private static String location(CornerstoneRoom room, String memberId) {
        return ApiPath.PREFIX + room.id() + "/members/" + URLEncoder.encode(memberId, StandardCharsets.UTF_8);
    }
}
