package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.internal.RequestQuota;
import io.membersync.testkit.simulator.Answer;

/** Tells clients what is left of their quota, in the headers of the newer drafts. */
final class RateHeaders {

    private RateHeaders() {}

    static Answer refusal(RequestQuota.Left left) {
        Answer refusal = Problem.of(429, "rate-limited", "Too many requests", "Wait before the next request.")
                .answer()
                .with("Retry-After", Long.toString(left.resetSeconds()));
        return shownIn(refusal, left);
    }

    static Answer shownIn(Answer answer, RequestQuota.Left left) {
        return answer.with("RateLimit-Policy", "\"default\";q=" + left.requests() + ";w=" + left.windowSeconds())
                .with("RateLimit", "\"default\";r=" + Math.max(0, left.remaining()) + ";t=" + left.resetSeconds());
    }
}
