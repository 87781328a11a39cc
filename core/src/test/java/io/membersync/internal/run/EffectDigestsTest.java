package io.membersync.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.diff.Agreed;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.plan.MatchChanges;
import io.membersync.plan.MemberChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which two plans do the same. */
class EffectDigestsTest {

    private static final ExternalId ONE = ExternalId.of("m_1");
    private static final MemberId KARI = MemberId.of("kari");
    private static final MemberId OLA = MemberId.of("ola");

    @Test
    void givesTheSameEffectTheSameDigestAndAnyOtherAnother() {
        FieldValue oslo = FieldValue.text("Oslo");
        FieldValue bergen = FieldValue.text("Bergen");
        BatchPlan plan = plan(update(MemberField.CITY, oslo, bergen));
        String digest = digest(plan);

        assertThat(digest(plan(update(MemberField.CITY, oslo, bergen))))
                .isEqualTo(digest)
                .hasSize(64);
        assertThat(List.of(
                        digest(plan(update(MemberField.CITY, FieldValue.nothing(), bergen))),
                        digest(plan(update(MemberField.CITY, oslo, FieldValue.nothing()))),
                        digest(plan(update(MemberField.STREET, oslo, bergen))),
                        digest(plan(end("gone"))),
                        digest(plan(end("moved"))),
                        digest(links(link(KARI))),
                        digest(links(link(OLA)))))
                .doesNotHaveDuplicates()
                .doesNotContain(digest);
        assertThat(digest(plan(new MemberChange.Create(KARI, ONE, MemberState.empty()))))
                .isEqualTo(digest(plan(new MemberChange.Create(OLA, ONE, MemberState.empty()))));
    }

    private static String digest(BatchPlan plan) {
        return Optional.ofNullable(EffectDigests.of(plan).get(ONE)).orElseThrow();
    }

    private static MemberChange update(MemberField field, FieldValue before, FieldValue after) {
        return new MemberChange.Update(
                KARI, ONE, 1, List.of(new FieldChange(field, before, after, "The registry changed it")));
    }

    private static MemberChange end(String reason) {
        return new MemberChange.Terminate(KARI, ONE, 1, reason, Optional.empty());
    }

    private static BatchPlan plan(MemberChange change) {
        return made(List.of(change), List.of());
    }

    private static BatchPlan links(Link... links) {
        return made(List.of(), List.of(links));
    }

    private static BatchPlan made(List<MemberChange> members, List<Link> links) {
        return new BatchPlan(
                members,
                links,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                MatchChanges.NONE);
    }

    private static Link link(MemberId member) {
        return new Link(
                ONE,
                Optional.of(member),
                Optional.empty(),
                RecordVersion.NONE,
                Instant.EPOCH,
                Agreed.none(),
                Optional.empty(),
                1);
    }
}
