package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.SOUTH;
import static io.membersync.testkit.contract.StorageSamples.bad;
import static io.membersync.testkit.contract.StorageSamples.conflict;
import static io.membersync.testkit.contract.StorageSamples.ended;
import static io.membersync.testkit.contract.StorageSamples.member;
import static io.membersync.testkit.contract.StorageSamples.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.health.Backlog;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunState;
import io.membersync.run.Standing;
import io.membersync.storage.Overview;
import io.membersync.storage.SyncPosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What sums over the other stores promise. */
@Requirement("E1")
abstract class OverviewContract {

    private final Supplier<StorageRig> rigs;

    OverviewContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void anIntegrationOfWhichNothingIsStoredHasNothing() {
        rigs.get().write(session -> session.settings().save(SettingsStoreContract.stored(INTEGRATION, NORTH)));

        assertThat(of(INTEGRATION, OTHER))
                .containsOnly(Map.entry(
                        INTEGRATION,
                        new Overview(
                                INTEGRATION,
                                SyncPosition.NONE,
                                Optional.empty(),
                                Optional.empty(),
                                Backlog.NONE,
                                Optional.empty(),
                                Optional.empty())));
        assertThat(of()).isEmpty();
    }

    @Test
    void everythingIsSummedUpForEachIntegrationAlone() {
        Run last = run("run-1").in(RunState.FAILED, NOW.plusSeconds(5), Optional.empty());
        Run active = run("run-2", INTEGRATION, NOW.plusSeconds(9));
        SyncPosition position = new SyncPosition(
                Optional.of(new Cursor("feed")), Optional.of(NOW), Optional.of(NOW), Standing.NONE.after(last));
        rigs.get().write(session -> {
            session.settings().save(SettingsStoreContract.stored(INTEGRATION, NORTH));
            session.settings().save(SettingsStoreContract.stored(OTHER, SOUTH));
            session.runs().add(run("run-1"));
            session.runs().save(last);
            session.runs().add(active);
            session.runs().savePosition(INTEGRATION, position);
            session.quarantine().save(INTEGRATION, List.of(bad("m_1"), bad("m_2")));
            session.quarantine().save(OTHER, List.of(bad("m_3")));
            session.conflicts()
                    .save(List.of(
                            conflict(member("1"), MemberField.EMAIL),
                            conflict(member("1"), MemberField.CITY),
                            conflict(member("2"), MemberField.CITY),
                            ended(conflict(member("3"), MemberField.CITY))));
            session.plans().save(plan("plan-1", PlanState.WAITING, 90));
            session.plans().save(plan("plan-2", PlanState.REJECTED, 900));
            session.inbox().add(INTEGRATION, "hook-1", NOW.plusSeconds(1));
            session.inbox().add(INTEGRATION, "hook-2", NOW.plusSeconds(3));
        });

        Map<IntegrationId, Overview> found = of(INTEGRATION, OTHER);

        assertThat(found)
                .containsEntry(
                        INTEGRATION,
                        new Overview(
                                INTEGRATION,
                                position,
                                Optional.of(active),
                                Optional.of(last),
                                new Backlog(2, 0, 3, 0),
                                Optional.of(NOW.plusSeconds(90)),
                                Optional.of(NOW.plusSeconds(3))))
                .containsEntry(
                        OTHER,
                        new Overview(
                                OTHER,
                                SyncPosition.NONE,
                                Optional.empty(),
                                Optional.empty(),
                                new Backlog(1, 0, 0, 0),
                                Optional.empty(),
                                Optional.empty()));
    }

    private static Plan plan(String id, PlanState state, long seconds) {
        return new Plan(
                PlanId.of(new RunId(id)),
                NORTH,
                INTEGRATION,
                Plan.Origin.GUARD,
                state,
                Plan.Contents.NONE,
                NOW,
                NOW.plusSeconds(seconds),
                Optional.empty(),
                0);
    }

    private Map<IntegrationId, Overview> of(IntegrationId... integrations) {
        return rigs.get().read(session -> session.overviews().of(List.of(integrations)));
    }
}
