package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSyncEngine;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.run.JobRunner;
import io.membersync.run.RunId;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import io.membersync.testkit.simulator.vipps.VippsSimulator;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a login brought is handed over at its commit. */
@Requirement("F1")
class HandOverTest {

    private static final String NUMBER = "10915596784";

    private final Storage storage = new InMemoryStorage();

    @Test
    void waitsForNobodyToLookForIt() {
        try (VippsSimulator vipps = VippsSimulator.start(Clock.systemUTC());
                CornerstoneSimulator registry =
                        CornerstoneSimulator.builder().members(20).seed(5).start();
                MemberSyncEngine engine = MemberSyncEngine.builder(storage)
                        .keys(KeyProvider.random())
                        .testMode()
                        .jobRunner(new NeverLooking())
                        .build()) {
            VippsEnrichment enrichment =
                    VippsEnrichment.on(engine, IdentityProfile.vippsAt(vipps.origin(), vipps.clientId()));
            engine.start();
            fill(engine, registry);
            String record = registry.members()
                    .filter(member -> member.text("/hasNin").orElse("").equals("false"))
                    .findFirst()
                    .orElseThrow()
                    .id();

            IssuedLogin login = vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.NONE);
            assertThat(enrichment.onLogin(
                            Caller.host(),
                            World.member(storage, World.REGISTRY, record),
                            VippsLogin.of(login.idToken(), World.Json.object(login.userinfo())),
                            World.NONCE))
                    .isEqualTo(new EnrichmentAnswer.Queued(1));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> registry.room().holdsNationalId(record, NUMBER));
        }
    }

    private static void fill(MemberSyncEngine engine, CornerstoneSimulator registry) {
        var host = engine.as(Caller.host());
        host.integrations()
                .add(IntegrationDraft.of(
                        World.REGISTRY,
                        World.US,
                        "cornerstone",
                        registry.baseUrl(),
                        new Credentials.ApiKey(registry.apiKey())));
        host.enrichments().activate(new EnrichmentBasis(World.US, "Certain identification", "Law, § 1", World.OSLO));
        host.runs().startFull(World.REGISTRY);
    }

    /** Does what it is told to, and never looks by itself. */
    private static final class NeverLooking implements JobRunner {

        private Consumer<RunId> work = run -> {};

        @Override
        public void start(Consumer<RunId> doing) {
            work = doing;
        }

        @Override
        public void submit(RunId run) {
            work.accept(run);
        }

        @Override
        public void repeat(Duration interval, Runnable duty) {
            // It would hide that nobody was told.
        }

        @Override
        public void soon(Runnable duty) {
            new Thread(duty, "told").start();
        }

        @Override
        public void close() {
            // There is no thread to stop.
        }
    }
}
