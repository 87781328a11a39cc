package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.deleted;
import static io.membersync.testkit.contract.StorageSamples.heldBy;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.ids;
import static io.membersync.testkit.contract.StorageSamples.link;
import static io.membersync.testkit.contract.StorageSamples.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.plan.Link;
import io.membersync.run.Absence;
import io.membersync.run.RunId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What noted absences promise. */
@Requirement("B7")
abstract class AbsenceStoreContract {

    private static final RunId RUN = new RunId("run-1");
    private static final RunId NEXT = new RunId("run-10");

    private final Supplier<StorageRig> rigs;

    AbsenceStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void absencesAreListedWithTheirMembers() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));

        add(INTEGRATION, RUN, "m_2", "m_1");

        assertThat(list(RUN))
                .containsExactly(new Absence(id("m_1"), member("m_1")), new Absence(id("m_2"), member("m_2")));
    }

    @Test
    void notingOneTwiceDoesNoHarm() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));

        add(INTEGRATION, RUN, "m_1", "m_1");
        add(INTEGRATION, RUN, "m_1");

        assertThat(list(RUN)).hasSize(1);
    }

    @Test
    void theMemberIsTheOneThatIsLinkedNow() {
        Link link = rigs.get().saveLinks(INTEGRATION, link("m_1")).get(0);
        add(INTEGRATION, RUN, "m_1");

        rigs.get().saveLinks(INTEGRATION, heldBy(link, member("new")));

        assertThat(list(RUN)).containsExactly(new Absence(id("m_1"), member("new")));
    }

    @Test
    void idsThatAreNoLongerLinkedAreLeftOut() {
        List<Link> links = rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));
        add(INTEGRATION, RUN, "m_1", "m_2", "unlinked");

        rigs.get().saveLinks(INTEGRATION, deleted(links.get(0)));

        assertThat(list(RUN)).extracting(Absence::externalId).containsExactly(id("m_2"));
    }

    @Test
    void absencesAreListedInSlicesOverThoseLeftOut() {
        List<Link> links =
                rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"), link("m_3"), link("m_4"), link("m_5"));
        add(INTEGRATION, RUN, "m_5", "m_4", "m_3", "m_2", "m_1");
        rigs.get().saveLinks(INTEGRATION, deleted(links.get(1)));

        List<Slice<Absence>> slices = rigs.get()
                .slices(cursor -> rigs.get().read(session -> session.absences().list(INTEGRATION, RUN, cursor, 2)));

        assertThat(StorageRig.items(slices))
                .extracting(Absence::externalId)
                .containsExactlyElementsOf(ids("m_1", "m_3", "m_4", "m_5"));
    }

    @Test
    void runsAndIntegrationsDoNotSeeEachOthersAbsences() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));
        rigs.get().saveLinks(OTHER, link("m_1"), link("m_2"));
        add(INTEGRATION, RUN, "m_1");
        add(INTEGRATION, NEXT, "m_2");
        add(OTHER, RUN, "m_2");

        assertThat(list(RUN)).extracting(Absence::externalId).containsExactly(id("m_1"));
        assertThat(list(NEXT)).extracting(Absence::externalId).containsExactly(id("m_2"));
    }

    @Test
    void onlyTheNewestListingCountsOnceTheOthersAreForgotten() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"));
        rigs.get().saveLinks(OTHER, link("m_1"));
        add(INTEGRATION, RUN, "m_1", "m_2");
        add(INTEGRATION, NEXT, "m_2");
        add(INTEGRATION, new RunId("run-2"), "m_1");
        add(OTHER, RUN, "m_1");

        rigs.get().write(session -> session.absences().keepOnly(INTEGRATION, NEXT));

        assertThat(list(RUN)).isEmpty();
        assertThat(list(new RunId("run-2"))).isEmpty();
        assertThat(list(NEXT)).extracting(Absence::externalId).containsExactly(id("m_2"));
        assertThat(rigs.get()
                        .read(session -> session.absences().list(OTHER, RUN, Optional.empty(), 10))
                        .items())
                .hasSize(1);
    }

    @Test
    void whatTheCompleteListingBeforeMissedTooIsTold() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"), link("m_2"), link("m_3"));
        add(INTEGRATION, RUN, "m_1", "m_2");
        add(INTEGRATION, NEXT, "m_2", "m_3");
        assertThat(missedBefore(NEXT, "m_2", "m_3")).isEmpty();

        rigs.get().write(session -> session.absences().keepOnly(INTEGRATION, RUN));
        add(INTEGRATION, NEXT, "m_2", "m_3");

        assertThat(missedBefore(NEXT, "m_2", "m_3")).containsExactly(id("m_2"));
        assertThat(missedBefore(RUN, "m_1", "m_2")).isEmpty();
        assertThat(missedBefore(NEXT)).isEmpty();
        rigs.get().write(session -> session.absences().keepOnly(INTEGRATION, NEXT));
        assertThat(missedBefore(new RunId("run-9"), "m_1", "m_2", "m_3"))
                .containsExactlyInAnyOrderElementsOf(ids("m_2", "m_3"));
    }

    private Set<ExternalId> missedBefore(RunId run, String... ids) {
        return rigs.get().set(session -> session.absences().missedBefore(INTEGRATION, run, ids(ids)));
    }

    @Test
    void keepingARunThatNotedNothingForgetsAllOthers() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));
        add(INTEGRATION, RUN, "m_1");

        rigs.get().write(session -> session.absences().keepOnly(INTEGRATION, NEXT));

        assertThat(list(RUN)).isEmpty();
    }

    private void add(IntegrationId integration, RunId run, String... absent) {
        rigs.get().write(session -> session.absences().add(integration, run, ids(absent)));
    }

    private List<Absence> list(RunId run) {
        return rigs.get()
                .read(session -> session.absences().list(INTEGRATION, run, Optional.empty(), 100))
                .items();
    }
}
