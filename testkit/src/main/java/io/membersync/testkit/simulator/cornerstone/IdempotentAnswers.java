package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The answers kept for {@code Idempotency-Key}: the same key and request get the same answer again without the work
 * being done twice. Threads: safe for many threads.
 */
final class IdempotentAnswers {

    private final Map<String, Kept> byKey = new ConcurrentHashMap<>();

    Answer answer(CornerstoneRoom room, SimulatedRequest request, Supplier<Answer> work) {
        Optional<String> key = request.header("Idempotency-Key");
        if (key.isEmpty()) {
            return work.get();
        }
        String scoped = room.id() + " " + key.get();
        Kept running = new Kept(request, Optional.empty());
        Kept earlier = byKey.putIfAbsent(scoped, running);
        if (earlier != null) {
            return earlier.answerTo(request);
        }
        try {
            Answer answer = work.get();
            byKey.put(scoped, new Kept(request, Optional.of(answer)));
            return answer;
        } finally {
            // Work that broke leaves nothing behind, so that it can be tried again.
            byKey.remove(scoped, running);
        }
    }

    void clear() {
        byKey.clear();
    }

    /** A request that came with a key, and its answer once there is one. Compared by identity on purpose. */
    private static final class Kept {

        private final SimulatedRequest request;
        private final Optional<Answer> answer;

        private Kept(SimulatedRequest request, Optional<Answer> answer) {
            this.request = request;
            this.answer = answer;
        }

        private Answer answerTo(SimulatedRequest again) {
            boolean same = again.method().equals(request.method())
                    && again.path().equals(request.path())
                    && Arrays.equals(again.body(), request.body());
            if (!same) {
                return Problem.of(422, "idempotency-key-reused", "Invalid", "The key belongs to another request.")
                        .answer();
            }
            return answer.map(kept -> kept.with("Idempotent-Replayed", "true"))
                    .orElseGet(() -> Problem.of(
                                    409, "idempotency-in-progress", "Conflict", "The first request is still running.")
                            .answer());
        }
    }
}
