package io.membersync.examples.host.demo;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.conflict.Rule;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.event.SyncEvent;
import io.membersync.event.SyncListener;
import io.membersync.examples.host.members.Member;
import io.membersync.examples.host.members.Members;
import io.membersync.http.Credentials;
import io.membersync.http.TokenAuthority;
import io.membersync.model.Caller;
import io.membersync.model.FieldCategory;
import io.membersync.model.IntegrationId;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.IntegrationDraft;
import io.membersync.testkit.simulator.SyntheticNationalId;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import io.membersync.testkit.simulator.vipps.VippsSimulator;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What has happened before the first visitor comes: the mountain club has conflicts, the sea paddlers' key was stopped,
 * and sixty members of the federation vanished in one night, which the guard holds.
 */
@Component
@Profile("demo")
public class DemoStory implements SyncListener {

    static final String VISITOR = "Fjellstad";

    private static final Logger LOG = LoggerFactory.getLogger(DemoStory.class);
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    private static final LocalDate BORN = LocalDate.of(1984, 5, 17);
    private static final int IN_CONFLICT = 6;
    private static final int GONE = 60;
    private static final int SETTLED = 20;
    private static final long PATIENCE_SECONDS = 60;

    /**
     * Whom the story is about.
     *
     * @param mountains the mountain club's registry
     * @param sea the sea paddlers' registry
     * @param sound the federation's registry
     * @param vipps who members log in with
     */
    @Component
    @Profile("demo")
    record Cast(CornerstoneSimulator mountains, ConsioSimulator sea, DataverseSimulator sound, VippsSimulator vipps) {}

    private final Map<IntegrationId, BlockingQueue<SyncEvent.Ended>> ended = new ConcurrentHashMap<>();
    private final ObjectProvider<MemberSyncEngine> engine;
    private final ObjectProvider<Members> members;
    private final ObjectProvider<DemoLogins> logins;
    private final Cast cast;
    private volatile boolean told;

    DemoStory(
            ObjectProvider<MemberSyncEngine> engine,
            ObjectProvider<Members> members,
            ObjectProvider<DemoLogins> logins,
            Cast cast) {
        this.engine = engine;
        this.members = members;
        this.logins = logins;
        this.cast = cast;
    }

    @Override
    public void happened(SyncEvent event) {
        if (event instanceof SyncEvent.Ended end) {
            endings(end.run().integration()).add(end);
        }
    }

    /** {@return whether all of it has happened} */
    boolean told() {
        return told;
    }

    /** Tells the story beside the pages, which show how it goes. */
    @EventListener(ApplicationReadyEvent.class)
    public void begin() {
        Thread teller = new Thread(this::tell, "demo-story");
        teller.setDaemon(true);
        teller.start();
    }

    private void tell() {
        try {
            connect();
            mountains();
            sea();
            sound();
            told = true;
            LOG.info("The demo's story is told");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            LOG.error("The demo's story broke off", failed);
        }
    }

    private MemberSync ola() {
        return engine.getObject().as(Caller.globalAdministrator("ola"));
    }

    private MemberSync kari() {
        return engine.getObject().as(DemoRegistries.KARI.caller());
    }

    private MemberSync host() {
        return engine.getObject().as(Caller.host());
    }

    private void connect() {
        cast.mountains()
                .create("{\"memberNumber\":\"F-1814\",\"person\":{\"firstName\":\"Siri\",\"lastName\":\"" + VISITOR
                        + "\",\"birthDate\":\"" + BORN + "\"},\"membership\":{\"status\":\"ACTIVE\"}}");
        SyncSchedule nightly = SyncSchedule.nightly(LocalTime.of(1, 0), LocalTime.of(4, 0), OSLO);
        confirm(
                IntegrationDraft.of(
                                DemoRegistries.MOUNTAINS_REGISTRY,
                                DemoRegistries.MOUNTAINS,
                                "cornerstone",
                                cast.mountains().baseUrl(),
                                new Credentials.ApiKey(cast.mountains().apiKey()))
                        .mapping(new CornerstoneConnectorFactory().twoWayMapping())
                        .schedule(nightly),
                Optional.of(new EnrichmentBasis(
                        DemoRegistries.MOUNTAINS,
                        "Certain identification of members",
                        "Law on personal data, § 12",
                        OSLO)));
        confirm(
                IntegrationDraft.of(
                                DemoRegistries.SEA_REGISTRY,
                                DemoRegistries.SEA,
                                "consio",
                                cast.sea().baseUrl(),
                                new Credentials.ApiKey(cast.sea().apiKey()))
                        .schedule(SyncSchedule.everyMinutes(30)),
                Optional.empty());
        TokenAuthority authority =
                TokenAuthority.entra(cast.sound().loginUrl(), cast.sound().tenant());
        confirm(
                IntegrationDraft.of(
                                DemoRegistries.SOUND_REGISTRY,
                                DemoRegistries.SOUND,
                                "dynamics",
                                cast.sound().baseUrl(),
                                new Credentials.ClientSecret(
                                        authority,
                                        cast.sound().clientId(),
                                        cast.sound().clientSecret()))
                        .schedule(nightly),
                Optional.empty());
    }

    private void confirm(IntegrationDraft draft, Optional<EnrichmentBasis> enrichment) {
        ola().onboarding().confirm(draft, enrichment);
    }

    private void mountains() throws InterruptedException {
        awaitEnd(DemoRegistries.MOUNTAINS_REGISTRY);
        visitor().ifPresent(member -> {
            VippsPerson person = VippsPerson.with(SyntheticNationalId.of(BORN, true, 7));
            cast.vipps().accepts(person);
            members.getObject().connect(person.subject(), member.id());
        });
        logins.getObject().happen();
        kari().rules().set(DemoRegistries.MOUNTAINS, FieldCategory.CONTACT_DETAILS, Rule.MANUAL_REVIEW);
        List<Member> some = members.getObject().search(DemoRegistries.KARI, Optional.empty(), "", 200).stream()
                .filter(member -> member.email() != null && member.memberNumber() != null)
                .limit(IN_CONFLICT)
                .toList();
        for (Member member : some) {
            members.getObject()
                    .changeContact(member.id(), "new." + member.id() + "@example.org", text(member.mobile()));
            cast.mountains()
                    .members()
                    .filter(record -> record.text("/memberNumber").equals(Optional.ofNullable(member.memberNumber())))
                    .findFirst()
                    .ifPresent(record -> cast.mountains()
                            .update(
                                    record.id(),
                                    "{\"contact\":{\"email\":\"registry." + member.id() + "@example.com\"}}"));
        }
        handOn();
        run(host().runs().startDelta(DemoRegistries.MOUNTAINS_REGISTRY), DemoRegistries.MOUNTAINS_REGISTRY);
    }

    /** The registry gives a member's record to somebody else, which only a person can tell from a change of name. */
    private void handOn() {
        cast.mountains()
                .members()
                .filter(record -> record.text("/memberNumber").isPresent())
                .skip(SETTLED)
                .findFirst()
                .ifPresent(
                        record -> cast.mountains()
                                .update(
                                        record.id(),
                                        "{\"person\":{\"firstName\":\"Nora\",\"lastName\":\"Fjellvik\",\"birthDate\":\"1991-02-03\"}}"));
    }

    private void sea() throws InterruptedException {
        awaitEnd(DemoRegistries.SEA_REGISTRY);
        cast.sea().stopKey();
        run(host().runs().startDelta(DemoRegistries.SEA_REGISTRY), DemoRegistries.SEA_REGISTRY);
    }

    private void sound() throws InterruptedException {
        awaitEnd(DemoRegistries.SOUND_REGISTRY);
        cast.sound().ids().stream().limit(GONE).forEach(cast.sound()::delete);
        run(host().runs().startDelta(DemoRegistries.SOUND_REGISTRY), DemoRegistries.SOUND_REGISTRY);
    }

    /** The member who logs in with Vipps, as soon as it is there. */
    Optional<Member> visitor() {
        return members.getObject().search(DemoRegistries.KARI, Optional.empty(), VISITOR, 1).stream()
                .findFirst();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private void run(StartAnswer answer, IntegrationId integration) throws InterruptedException {
        if (answer instanceof StartAnswer.Queued) {
            awaitEnd(integration);
        } else {
            LOG.warn("The demo's sync of {} did not start: {}", integration, answer);
        }
    }

    private void awaitEnd(IntegrationId integration) throws InterruptedException {
        if (endings(integration).poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
            throw new IllegalStateException("No sync of " + integration + " ended within a minute");
        }
    }

    private BlockingQueue<SyncEvent.Ended> endings(IntegrationId integration) {
        return ended.computeIfAbsent(integration, absent -> new LinkedBlockingQueue<>());
    }
}
