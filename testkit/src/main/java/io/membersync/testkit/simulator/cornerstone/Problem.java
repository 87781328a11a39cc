package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Answer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The error answers of the contract, as problem details. */
final class Problem {

    private static final String TYPES = "https://errors.cornerstone.example/";
    private static final AtomicLong REQUESTS = new AtomicLong();

    private final int status;
    private final ObjectNode body = MemberJson.object();

    private Problem(int status, String type, String title, String detail) {
        this.status = status;
        body.put("type", TYPES + type).put("title", title).put("status", status).put("detail", detail);
        body.put("instance", "/req/" + Long.toHexString(REQUESTS.incrementAndGet()));
    }

    static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, type, title, detail);
    }

    static Answer badRequest(String type, String detail) {
        return of(400, type, "Bad request", detail).answer();
    }

    static Answer notFound(String what) {
        return of(404, "not-found", "Not found", "There is no such " + what + ".")
                .answer();
    }

    static Answer gone(StoredMember member) {
        Problem problem = of(410, "gone", "Gone", "The member is no longer in the registry.");
        String name = member.state() == StoredMember.State.MERGED ? "mergedInto" : "reason";
        return problem.with(name, MemberJson.text(member.note())).answer();
    }

    /** The answer to a body that was understood but cannot be accepted. */
    static Answer invalid(String type, List<FieldError> errors) {
        Problem problem = of(422, type, "Invalid", "The request was understood, but is not acceptable.");
        errors.forEach(error -> problem.body.withArray("errors").add(error.json()));
        return problem.answer();
    }

    Problem with(String extension, JsonNode value) {
        body.set(extension, value);
        return this;
    }

    Answer answer() {
        return Answer.of(status, "application/problem+json", MemberJson.bytes(body));
    }

    /**
     * One entry of {@code errors}.
     *
     * @param pointer JSON pointer to the field
     * @param code what is wrong, such as {@code read-only}
     * @param message the same for people, without the value
     */
    record FieldError(String pointer, String code, String message) {

        private ObjectNode json() {
            return MemberJson.object().put("pointer", pointer).put("code", code).put("message", message);
        }
    }
}
