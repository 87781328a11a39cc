package io.membersync.examples.host.web.setup;

import io.membersync.connector.ConnectionReport;
import io.membersync.examples.host.web.Words;
import io.membersync.setup.MemberCount;

/**
 * What a registry answered, in words.
 *
 * @param good whether it answered as it should
 * @param said what it said, or what is to blame
 * @param advice what to do; may be empty
 * @param detail the same for an engineer; may be empty
 */
public record Verdict(boolean good, String said, String advice, String detail) {

    static Verdict of(ConnectionReport report, Words words) {
        if (report instanceof ConnectionReport.Connected connected) {
            String members = connected.members().isPresent()
                    ? words.number(connected.members().getAsLong())
                    : "?";
            return good(words.text(
                    "verdict.connected",
                    connected.organizationName(),
                    members,
                    connected.apiVersion().orElse("?")));
        } else if (report instanceof ConnectionReport.Failed failed) {
            return failed(failed, words);
        }
        return good(words.text("onboarding.none"));
    }

    static Verdict of(MemberCount count, Words words) {
        if (count instanceof MemberCount.Told told) {
            return good(words.text("verdict.told", words.number(told.members())));
        } else if (count instanceof MemberCount.Counted counted) {
            return good(words.text("verdict.counted", words.number(counted.members())));
        } else if (count instanceof MemberCount.AtLeast least) {
            return good(words.text("verdict.atLeast", words.number(least.members())));
        }
        return failed(((MemberCount.Failed) count).failure(), words);
    }

    private static Verdict failed(ConnectionReport.Failed failed, Words words) {
        return new Verdict(
                false, words.text("verdict.failed", words.of(failed.fault())), failed.advice(), failed.detail());
    }

    static Verdict good(String said) {
        return new Verdict(true, said, "", "");
    }
}
