package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.event.SyncEvent;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.run.Run;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine in a host that has other things to do: it holds nothing in common and breaks on nobody's code. */
@Requirement("R25")
class GoodGuestTest {

    private static final int MEMBERS = 40;

    @TempDir
    Path folder;

    @Test
    void twoEnginesDoNotInfluenceEachOther() {
        try (Scene early = Scene.on(new MemoryHost()).members(30, 3).start();
                Scene late = Scene.on(new MemoryHost()).members(50, 4).start()) {
            early.time().set(Instant.parse("2001-01-01T00:00:00Z"));
            late.time().set(Instant.parse("2040-01-01T00:00:00Z"));
            CompletableFuture<Run> first = CompletableFuture.supplyAsync(early::full);
            CompletableFuture<Run> second = CompletableFuture.supplyAsync(late::full);

            assertThat(first.join().counts().created()).isEqualTo(30);
            assertThat(second.join().counts().created()).isEqualTo(50);
            assertOwnTime(early, first.join(), 2001);
            assertOwnTime(late, second.join(), 2040);
            Rows.assertSame("early", early.activeRows(), RegistryRow.all(early.registry()));
            Rows.assertSame("late", late.activeRows(), RegistryRow.all(late.registry()));

            early.engine().close();
            late.registry().create("{}");
            assertThat(late.delta().counts().created()).isEqualTo(1);
        }
    }

    private static void assertOwnTime(Scene scene, Run run, int year) {
        assertThat(run.endedAt().orElseThrow().toString()).startsWith(String.valueOf(year));
        List<AuditEntry> entries = scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).about(scene.member("m_1")))
                .items();
        assertThat(entries)
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.at().toString()).startsWith(String.valueOf(year)));
    }

    private enum Manners {
        THROWS,
        THROWS_ERRORS,
        BLOCKS,
        CALLS_BACK,
        CLOSES
    }

    @ParameterizedTest
    @EnumSource(Manners.class)
    void aListenerChangesNothing(Manners manners) throws Exception {
        AtomicInteger heard = new AtomicInteger();
        CountDownLatch blocking = new CountDownLatch(1);
        CompletableFuture<Scene> scene = new CompletableFuture<>();
        Consumer<Object> listener = told -> {
            heard.incrementAndGet();
            behave(manners, told, blocking, scene);
        };
        try (Scene guest = Scene.on(new MemoryHost())
                .members(MEMBERS, 3)
                .options(options -> options.onSync(listener::accept).onAudit(listener::accept))
                .start()) {
            scene.complete(guest);
            Run full = guest.full();
            assertThat(full.counts().created()).isEqualTo(MEMBERS);
            guest.registry().applyRandomChanges(20, 5);
            if (manners != Manners.CLOSES) {
                guest.delta();
                Rows.assertSame("after a delta", guest.activeRows(), RegistryRow.all(guest.registry()));
            }
            Awaitility.await().until(heard::get, times -> times > 0);

            CompletableFuture.runAsync(guest.engine()::close).get(5, TimeUnit.SECONDS);
            assertThat(guest.linked()).hasSizeGreaterThanOrEqualTo(1);
        } finally {
            blocking.countDown();
        }
    }

    private static void behave(Manners manners, Object told, CountDownLatch blocking, CompletableFuture<Scene> scene) {
        switch (manners) {
            case THROWS -> throw new IllegalStateException("A listener's own trouble");
            case THROWS_ERRORS -> throw new StackOverflowError("A listener's own trouble");
            case BLOCKS -> blockStubbornly(blocking);
            case CALLS_BACK -> {
                if (told instanceof SyncEvent event) {
                    callBack(scene.join(), event);
                }
            }
            case CLOSES -> {
                if (told instanceof SyncEvent.Ended) {
                    scene.join().engine().close();
                }
            }
        }
    }

    private static void blockStubbornly(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                open = latch.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException ignored) {
                // The worst of guests: it does not even stop when it is told to.
            }
        }
    }

    private static void callBack(Scene scene, SyncEvent event) {
        MemberSync host = scene.engine().host();
        host.runs().progress(event.run().id());
        host.runs().list(Scene.INTEGRATION, Optional.empty(), 10);
        host.integrations().test(Scene.INTEGRATION);
        scene.host().rows().keySet().forEach(member -> host.edits().announce(member));
    }

    @Test
    void whatTheHostRollsBackWasNeverAnnounced() {
        try (Scene scene = Scene.on(Place.H2_FILE.open(folder)).members(10, 3).start()) {
            scene.full();
            MemberId member = scene.member("m_2");
            String before = String.valueOf(scene.row("m_2"));

            announce(scene, member, false);

            assertThat(pending(scene)).isZero();
            assertThat(scene.delta().counts().updated()).isZero();
            assertThat(String.valueOf(scene.row("m_2"))).isEqualTo(before);
            assertThat(entriesAbout(scene, member)).isEqualTo(1);

            announce(scene, member, true);
            assertThat(pending(scene)).isEqualTo(1);
        }
    }

    private static void announce(Scene scene, MemberId member, boolean commit) {
        scene.host().inTransaction(commit, () -> {
            scene.host().edit(member, Map.of(MemberField.CITY, FieldValue.text("Lillehammer")));
            scene.engine().host().edits().announce(member);
        });
    }

    private static int pending(Scene scene) {
        return scene.host()
                .storage()
                .<Integer>inTransaction(session -> session.edits()
                        .pending(Scene.INTEGRATION, Optional.empty(), 100)
                        .size());
    }

    private static int entriesAbout(Scene scene, MemberId member) {
        return scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).about(member))
                .items()
                .size();
    }

    @Test
    void threadsBearTheEnginesNameAndGoWithIt() {
        Set<Thread> before = threads();
        Gate gate = new Gate();
        InMemoryStorage storage = new InMemoryStorage();
        try (CornerstoneSimulator registry =
                        CornerstoneSimulator.builder().members(100).seed(3).start();
                MemberSyncEngine engine = MemberSyncEngine.builder(storage)
                        .name("guest-one")
                        .keys(KeyProvider.random())
                        .testMode()
                        .onSync(event -> {})
                        .build()) {
            engine.start();
            MemberSync host = engine.as(Caller.host());
            host.integrations()
                    .add(IntegrationDraft.of(
                                    Scene.INTEGRATION,
                                    HostSide.ORGANIZATION,
                                    "cornerstone",
                                    registry.baseUrl(),
                                    new Credentials.ApiKey(registry.apiKey()))
                            .setting("pageSize", "10"));
            registry.faults().on("GET /members").from(3).then(gate);
            host.runs().startFull(Scene.INTEGRATION);
            gate.awaitRequest();

            Set<String> names = newThreads(before);
            assertThat(names).isNotEmpty().allMatch(name -> name.startsWith("guest-one-"));
            assertThat(names).anyMatch(name -> name.contains("-run-")).anyMatch(name -> name.contains("-read-"));

            CompletableFuture.runAsync(engine::close).join();
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> newThreads(before), Set::isEmpty);
        } finally {
            gate.open();
        }
    }

    /** Names of the threads that came since, without the simulator's and those that the JDK's HTTP client starts. */
    private static Set<String> newThreads(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> !name.startsWith("simulator-") && !name.startsWith("HttpClient-"))
                .filter(name -> !name.startsWith("awaitility") && !name.startsWith("ForkJoinPool"))
                .collect(Collectors.toSet());
    }

    private static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }
}
