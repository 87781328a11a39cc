package io.membersync.enginetests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSyncEngine;
import io.membersync.enginetests.crash.LoginChild.Login;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.plan.Link;
import io.membersync.run.RunKind;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.SyntheticNationalId;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import io.membersync.testkit.simulator.vipps.VippsSimulator;
import io.membersync.vipps.VippsEnrichment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the host's process while members log in and their numbers are on the way to the registry. What it had taken has
 * to arrive, once.
 */
@Requirement("F1")
class LoginCrashTest {

    private static final String PUT = "PUT /members/{id}/nin";
    private static final int LOGINS = 60;
    private static final List<String> CHILD = List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    // What an ended process had begun is taken up half a minute later.
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

    private final VippsSimulator vipps = VippsSimulator.start(Clock.systemUTC());
    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().members(200).seed(11).start();

    @AfterEach
    void close() {
        vipps.close();
        registry.close();
    }

    @Test
    @Requirement("R10")
    void whatWasTakenArrivesOnceOnH2(@TempDir Path folder, TestReporter reporter)
            throws IOException, InterruptedException {
        whatWasTakenArrivesOnce(1, HostDatabase.h2(folder.resolve("host")), folder, reporter);
    }

    @Test
    @Requirement("R10")
    void whatWasTakenArrivesOnceOnPostgres(@TempDir Path folder, TestReporter reporter)
            throws IOException, InterruptedException {
        whatWasTakenArrivesOnce(2, HostDatabase.postgres(), folder, reporter);
    }

    private void whatWasTakenArrivesOnce(long seed, HostDatabase database, Path folder, TestReporter reporter)
            throws IOException, InterruptedException {
        Map<String, Login> logins = prepared(database);
        Path file = Files.write(
                folder.resolve("logins"),
                logins.values().stream().map(Login::written).toList());
        registry.faults().on(PUT).then(Fault.delay(Duration.ofMillis(10)));

        Set<String> taken = killed(database, file, new Random(seed));

        reporter.publishEntry("kill", taken.size() + " logins taken, " + written(logins) + " numbers written");
        try (HostDatabase.Opened opened = database.open();
                MemberSyncEngine engine =
                        TestSync.engine(opened.storage()).time(LATER).build()) {
            VippsEnrichment enrichment = LoginChild.attached(engine, vipps.origin(), vipps.clientId());
            engine.start();
            untilQuiet(engine);
            assertThat(logins)
                    .allSatisfy((record, login) -> assertThat(registry.room().holdsNationalId(record, login.number())
                                    || !taken.contains(login.member()))
                            .isTrue());
            logins.values()
                    .forEach(login -> assertThat(login.reportTo(enrichment))
                            .isInstanceOfAny(EnrichmentAnswer.Queued.class, EnrichmentAnswer.Confirmed.class));
            untilQuiet(engine);

            assertThat(written(logins)).isEqualTo(LOGINS);
            assertThat(opened.number("SELECT SUM(enriched) FROM ms_enriched_week"))
                    .isEqualTo(LOGINS);
            assertThat(opened.number("SELECT COUNT(*) FROM ms_audit WHERE summary = 'Personnummer set'"))
                    .isEqualTo(LOGINS);
            assertThat(opened.number("SELECT COUNT(*) FROM ms_enrichment WHERE sealed IS NOT NULL"))
                    .isZero();
        }
    }

    /** Kills the host in the middle, and gives the members whose login it had said to have taken. */
    private Set<String> killed(HostDatabase database, Path file, Random random) throws InterruptedException {
        int writes = 1 + random.nextInt(LOGINS / 2);
        Duration more = Duration.ofNanos(random.nextInt(20_000_000));
        List<String> arguments =
                List.of(database.url(), database.user(), vipps.origin().toString(), vipps.clientId(), file.toString());
        try (Child child = Child.start(CHILD, LoginChild.class, arguments)) {
            child.expect(words -> words.startsWith("Queued"));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> registry.requests().count(PUT) >= writes);
            child.letGoOn(more);
            child.kill();
            return child.said().stream()
                    .map(words -> words.substring(words.indexOf(' ') + 1))
                    .collect(Collectors.toSet());
        }
    }

    /** Brings the members in, switches enrichment on, and lets some of them log in; gives their logins by record. */
    private Map<String, Login> prepared(HostDatabase database) {
        try (HostDatabase.Opened opened = database.open()) {
            TestSync.addIntegration(opened.storage(), registry.baseUrl(), registry.apiKey(), 100);
            TestSync.synced(TestSync.engine(opened.storage()), RunKind.FULL);
            try (MemberSyncEngine engine = TestSync.engine(opened.storage()).build()) {
                engine.as(Caller.host())
                        .enrichments()
                        .activate(new EnrichmentBasis(
                                TestSync.ORGANIZATION, "Certain identification", "Law, § 1", ZoneId.of("Europe/Oslo")));
            }
            List<ExternalId> records = registry.members()
                    .filter(member -> member.text("/hasNin").orElse("").equals("false"))
                    .map(member -> ExternalId.of(member.id()))
                    .limit(LOGINS)
                    .toList();
            Map<ExternalId, Link> links =
                    opened.storage().inTransaction(session -> session.links().load(TestSync.INTEGRATION, records));
            Map<String, Login> logins = new LinkedHashMap<>();
            for (ExternalId record : records) {
                Link link = Objects.requireNonNull(links.get(record), "a link");
                logins.put(record.value(), login(link.member().orElseThrow().value(), logins.size()));
            }
            assertThat(logins).hasSize(LOGINS);
            return logins;
        }
    }

    private Login login(String member, int ordinal) {
        String number = SyntheticNationalId.of(LocalDate.of(1970, 1, 1), true, ordinal);
        VippsPerson person = VippsPerson.with(number);
        IssuedLogin issued = vipps.logIn(person, LoginChild.NONCE, TokenFault.NONE);
        return new Login(member, ordinal % 2 == 0, issued.idToken(), issued.accessToken(), person.subject(), number);
    }

    private long written(Map<String, Login> logins) {
        return logins.entrySet().stream()
                .filter(login -> registry.room()
                        .holdsNationalId(login.getKey(), login.getValue().number()))
                .count();
    }

    private static void untilQuiet(MemberSyncEngine engine) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> engine.as(Caller.host())
                                .enrichments()
                                .statistics(TestSync.ORGANIZATION)
                                .orElseThrow()
                                .waiting()
                        == 0);
    }
}
