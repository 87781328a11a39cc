package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.MemberSync;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SystemType;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.fault.Fault;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.health.HealthState;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.Checklist;
import io.membersync.setup.Checklist.Item;
import io.membersync.setup.Checklist.State;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.MemberCount;
import io.membersync.setup.Onboarded;
import io.membersync.setup.Onboarding;
import io.membersync.setup.SystemChoice;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An organization comes in step by step, and nothing is there before it is confirmed. */
@Requirement("D3")
class OnboardingTest {

    private static final OrganizationId US = HostSide.ORGANIZATION;
    private static final IntegrationId ID = IntegrationId.of("ours");
    private static final int MEMBERS = 60;

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private final CornerstoneSimulator registry = CornerstoneSimulator.builder()
            .time(time)
            .members(MEMBERS)
            .seed(3)
            .countInPing(false)
            .start();

    @AfterEach
    void close() {
        registry.close();
    }

    private ManualEngine engine(HostSide host) {
        return ManualEngine.builder(host.storage()).time(time).build();
    }

    private static MemberSync kari(ManualEngine engine) {
        return engine.as(Caller.organizationAdministrator("Kari", US));
    }

    private IntegrationDraft draft() {
        return draft(registry.apiKey());
    }

    private IntegrationDraft draft(String key) {
        return IntegrationDraft.of(ID, US, "cornerstone", registry.baseUrl(), new Credentials.ApiKey(key))
                .setting("pageSize", "20");
    }

    @Test
    void whatThereIsToChooseFromComesWithItsFormAndEndsWithNone() {
        try (ManualEngine engine = engine(new MemoryHost())) {
            List<SystemChoice> systems = kari(engine).onboarding().systems(US);

            assertThat(systems)
                    .extracting(choice -> choice.system().id())
                    .containsExactly("consio", "cornerstone", "dynamics", "none");
            assertThat(systems.get(1).form().credential()).isEqualTo(SettingsForm.CredentialKind.API_KEY);
            assertThat(systems.get(1).suggestedMapping().mappings()).isNotEmpty();
            assertThat(systems.get(3).system()).isEqualTo(SystemType.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void anOrganizationIsBroughtIn(Place place) {
        HostSide host = place.open(folder);
        try (ManualEngine engine = engine(host)) {
            MemberSync kari = kari(engine);
            Onboarding onboarding = kari.onboarding();
            IntegrationDraft draft = draft().schedule(SyncSchedule.everyMinutes(15));

            assertThat(onboarding.count(draft)).isEqualTo(new MemberCount.Counted(MEMBERS));
            assertThat(kari.integrations().list()).isEmpty();

            Onboarded onboarded =
                    onboarding.confirm(draft, Optional.of(new EnrichmentBasis(US, "why", "law", ZoneOffset.UTC)));
            Checklist during = onboarding.checklist(ID);

            assertThat(onboarded.firstSync()).isInstanceOf(StartAnswer.Queued.class);
            assertThat(kari.health().of(ID).state()).isEqualTo(HealthState.INITIAL_SYNC);
            assertThat(kari.enrichments().find(US)).isPresent();
            assertThat(during.state(Item.CREDENTIALS)).isEqualTo(State.DONE);
            assertThat(during.state(Item.CONNECTION)).isEqualTo(State.OPEN);
            assertThat(during.next().map(Checklist.Step::item)).contains(Item.CONNECTION);
            assertThat(during.steps())
                    .filteredOn(step -> step.item() == Item.FIRST_SYNC)
                    .singleElement()
                    .satisfies(step -> assertThat(step.words()).contains("in progress"));

            assertThat(engine.tick()).hasSize(1);

            assertThat(host.rows())
                    .hasSize(MEMBERS)
                    .allSatisfy((id, row) -> assertThat(row).containsKey("lastName"));
            assertThat(host.rows().values()).anySatisfy(row -> assertThat(row).containsKeys("roles", "affiliations"));
            assertThat(kari.health().of(ID).state()).isEqualTo(HealthState.HEALTHY);
            assertThat(onboarding.checklist(ID).steps())
                    .filteredOn(step -> step.state() == State.OPEN)
                    .extracting(Checklist.Step::item)
                    .containsExactly(Item.WEBHOOKS);
        }
    }

    @Test
    void aRegistryThatTellsItsMembersIsNotRead() {
        try (CornerstoneSimulator telling = CornerstoneSimulator.builder()
                        .members(7)
                        .countInPing(true)
                        .start();
                ManualEngine engine = engine(new MemoryHost())) {
            MemberCount count = kari(engine)
                    .onboarding()
                    .count(IntegrationDraft.of(
                            ID, US, "cornerstone", telling.baseUrl(), new Credentials.ApiKey(telling.apiKey())));

            assertThat(count).isEqualTo(new MemberCount.Told(7));
            assertThat(telling.requests().count("GET /members")).isZero();
        }
    }

    @Test
    void aCountThatTakesTooLongOrBreaksOffSaysHowFarItCame() {
        try (ManualEngine engine = engine(new MemoryHost())) {
            Onboarding onboarding = kari(engine).onboarding();
            registry.faults().on("GET /members").from(2).times(1).then(call -> {
                time.advance(Duration.ofSeconds(31));
                return call.proceed();
            });
            assertThat(onboarding.count(draft())).isEqualTo(new MemberCount.AtLeast(40));

            registry.faults().clear();
            registry.faults().on("GET /members").from(2).then(io.membersync.testkit.simulator.Fault.status(400));
            assertThat(onboarding.count(draft())).isEqualTo(new MemberCount.AtLeast(20));
        }
    }

    @Test
    void aKeyThatIsRefusedIsToldAndLeavesNothing() {
        HostSide host = new MemoryHost();
        try (ManualEngine engine = engine(host)) {
            assertThat(kari(engine).onboarding().count(draft("wrong")))
                    .isInstanceOfSatisfying(
                            MemberCount.Failed.class,
                            failed -> assertThat(failed.failure().fault()).isEqualTo(Fault.CREDENTIALS));

            assertThat(kari(engine).integrations().list()).isEmpty();
        }
    }

    @Test
    void whatIsRefusedIsRefusedWhole() {
        try (ManualEngine engine = engine(new MemoryHost())) {
            Onboarding onboarding = kari(engine).onboarding();
            EnrichmentBasis foreign = new EnrichmentBasis(OrganizationId.of("strange"), "why", "law", ZoneOffset.UTC);

            assertThatThrownBy(() -> onboarding.confirm(draft(), Optional.of(foreign)))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("enrichment");
            assertThatThrownBy(() -> onboarding.confirm(draft().setting("color", "blue"), Optional.empty()))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("settings.color");

            assertThat(kari(engine).integrations().list()).isEmpty();
            assertThat(kari(engine).enrichments().find(US)).isEmpty();
            assertThat(engine.tick()).isEmpty();
        }
    }

    @Test
    void whoeverConfirmsTwiceStartsOneSync() {
        try (ManualEngine engine = engine(new MemoryHost())) {
            Onboarding onboarding = kari(engine).onboarding();
            StartAnswer first = onboarding.confirm(draft(), Optional.empty()).firstSync();

            assertThat(onboarding.confirm(draft(), Optional.empty()).firstSync())
                    .isInstanceOf(StartAnswer.AlreadyActive.class);
            assertThat(first).isInstanceOf(StartAnswer.Queued.class);
            assertThat(engine.tick()).hasSize(1);
            assertThat(onboarding.confirm(draft(), Optional.empty()).firstSync())
                    .isInstanceOf(StartAnswer.Unavailable.class);
        }
    }

    @Test
    void anOrganizationWithoutAMemberSystemIsDoneAtOnce() {
        try (ManualEngine engine = engine(new MemoryHost())) {
            Onboarding onboarding = kari(engine).onboarding();
            IntegrationDraft none = IntegrationDraft.none(ID, US);

            assertThat(onboarding.count(none)).isEqualTo(new MemberCount.Told(0));
            assertThat(onboarding.confirm(none, Optional.empty()).firstSync())
                    .isInstanceOf(StartAnswer.Unavailable.class);
            assertThat(onboarding.checklist(ID).next()).isEmpty();
            assertThat(onboarding.checklist(ID).state(Item.FIRST_SYNC)).isEqualTo(State.NOT_APPLICABLE);
        }
    }
}
