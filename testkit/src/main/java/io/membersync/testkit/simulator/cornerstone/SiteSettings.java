package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.internal.RequestQuota;
import io.membersync.testkit.simulator.Answer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What holds for every request. Immutable, apart from the counts of the quota.
 *
 * @param time the registry's clock
 * @param countInPing whether {@code /ping} tells the number of members
 * @param quota how many requests a key may make, if that is limited
 * @param nightly when the registry is closed, if ever
 * @param headers sent with every answer
 */
record SiteSettings(
        InstantSource time,
        boolean countInPing,
        Optional<RequestQuota> quota,
        Optional<NightlyWindow> nightly,
        Map<String, String> headers) {

    SiteSettings {
        headers = Map.copyOf(headers);
    }

    Optional<Answer> closed() {
        return nightly.flatMap(window -> window.refusal(time.instant()));
    }

    Optional<RequestQuota.Left> use(AccessKeys.Access caller) {
        return quota.map(limited -> limited.use(caller.key(), time.instant()));
    }

    Answer dressed(Answer answer) {
        Answer dressed = answer;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            dressed = dressed.with(header.getKey(), header.getValue());
        }
        return dressed;
    }
}
