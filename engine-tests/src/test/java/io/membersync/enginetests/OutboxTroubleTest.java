package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditKind;
import io.membersync.conflict.Rule;
import io.membersync.fault.AccessDeniedException;
import io.membersync.fault.StorageException;
import io.membersync.http.RetryPolicy;
import io.membersync.model.Caller;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxState;
import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out arrives once, whatever fails on the way; what cannot arrive is told. */
@Requirement({"B11", "R10"})
class OutboxTroubleTest {

    private static final Duration LATER = Duration.ofSeconds(61);

    @TempDir
    Path folder;

    private static TwoWay open(HostSide host, boolean repeating) {
        return TwoWay.start(
                Scene.on(host).options(o -> o.retries(repeating ? RetryPolicy.STANDARD : RetryPolicy.NONE)),
                Rule.MANUAL_REVIEW);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostAnswerEndsInOneChange(boolean repeating) {
        try (TwoWay both = open(new MemoryHost(), repeating)) {
            long version = both.version("m_4");
            both.scene().registry().faults().on(TwoWay.PATCH).times(1).then(Fault.answerLost());
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.decide();
            both.deliver();
            both.later(LATER);
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("app@example.test");
            assertOneChange(both, version);
        }
    }

    @Test
    void anEditAfterALostAnswerMeetsNoConflictWithItsOwnEcho() {
        try (TwoWay both = open(new MemoryHost(), false)) {
            both.scene().registry().faults().on(TwoWay.PATCH).times(1).then(Fault.answerLost());
            both.edit("m_4", MemberField.EMAIL, "one@example.test");
            both.decide();
            both.deliver();
            both.edit("m_4", MemberField.EMAIL, "two@example.test");
            both.decide();
            assertThat(both.scene().conflicts()).isEmpty();
            both.later(LATER);
            both.later(LATER);
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("two@example.test");
            both.assertQuiet();
        }
    }

    private static void assertOneChange(TwoWay both, long version) {
        assertThat(both.version("m_4")).isEqualTo(version + 1);
        assertThat(both.audit(AuditKind.REGISTRY_UPDATED)).hasSize(1);
        both.assertQuiet();
        assertThat(both.audit(AuditKind.REGISTRY_UPDATED)).hasSize(1);
    }

    @Test
    void aRegistryThatIsDownGetsItsValuesLater() {
        try (TwoWay both = open(new MemoryHost(), false)) {
            both.scene().registry().faults().on(TwoWay.PATCH).then(Fault.status(503));
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.edit("m_5", MemberField.EMAIL, "app5@example.test");
            both.decide();
            both.deliver();
            both.deliver();
            assertThat(both.writes()).as("left alone for a while").isEqualTo(1);
            assertThat(both.outbox()).extracting(OutboxEntry::state).containsOnly(OutboxState.PENDING);
            both.scene().registry().faults().clear();
            both.later(LATER);
            both.later(LATER);
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("app@example.test");
            assertThat(both.inRegistry("m_5", "/contact/email")).isEqualTo("app5@example.test");
            both.assertQuiet();
        }
    }

    @Test
    void aRegistryThatStaysDownIsGivenUpAndTold() {
        try (TwoWay both = open(new MemoryHost(), false)) {
            both.scene().registry().faults().on(TwoWay.PATCH).then(Fault.status(503));
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.decide();
            for (int i = 0; i < 20; i++) {
                both.later(Duration.ofMinutes(61));
            }
            assertThat(both.writes()).isEqualTo(12);
            assertThat(both.outbox()).singleElement().satisfies(entry -> {
                assertThat(entry.state()).isEqualTo(OutboxState.GIVEN_UP);
                assertThat(entry.delivery().reason()).isPresent();
            });
            assertThat(both.audit(AuditKind.OUTBOX)).hasSize(1);
        }
    }

    @Test
    void aRevokedKeyCostsNoAttempt() {
        try (TwoWay both = open(new MemoryHost(), false)) {
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.decide();
            both.scene()
                    .registry()
                    .faults()
                    .on(TwoWay.PATCH)
                    .times(1)
                    .then(CornerstoneSimulator.problem(401, "key-revoked"));
            both.deliver();
            assertThat(both.outbox()).singleElement().satisfies(entry -> {
                assertThat(entry.delivery().attempts()).isZero();
                assertThat(entry.delivery().reason()).isPresent();
            });
            both.later(LATER);
            assertThat(both.writes()).isEqualTo(1);
            both.later(Duration.ofMinutes(6));
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("app@example.test");
            both.assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aRefusedValueIsGivenUpAndTheOthersGoOn(Place place) {
        try (TwoWay both = open(place.open(folder), true)) {
            both.edit("m_4", MemberField.MOBILE, "12");
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.edit("m_5", MemberField.MOBILE, "+4791111111");
            both.decide();
            both.deliver();
            both.deliver();
            assertThat(both.outbox()).singleElement().satisfies(entry -> {
                assertThat(entry.field()).isEqualTo(MemberField.MOBILE);
                assertThat(entry.externalId().value()).isEqualTo("m_4");
                assertThat(entry.state()).isEqualTo(OutboxState.GIVEN_UP);
                assertThat(entry.delivery().reason()).isPresent();
            });
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("app@example.test");
            assertThat(both.inRegistry("m_5", "/contact/mobile")).isEqualTo("+4791111111");
            long writes = both.writes();
            both.decide();
            both.later(LATER);
            assertThat(both.writes()).isEqualTo(writes);
            both.edit("m_4", MemberField.MOBILE, "+4792222222");
            both.decide();
            both.deliver();
            both.assertQuiet();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deathBetweenSendingAndCommitSendsNothingTwice(boolean committed) {
        MemoryHost host = new MemoryHost();
        Dying storage = new Dying(host.storage(), committed);
        try (TwoWay both = TwoWay.start(
                Scene.on(host).through(given -> storage).options(o -> o.retries(RetryPolicy.NONE)),
                Rule.MANUAL_REVIEW)) {
            long version = both.version("m_4");
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.decide();
            storage.dieOnce(() -> both.writes() > 0);
            both.deliver();
            assertThat(both.version("m_4")).isEqualTo(version + 1);
            both.later(LATER);
            assertOneChange(both, version);
            assertThat(both.writes()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void ofTwoEnginesOneWrites(Place place) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (TwoWay both = open(place.open(folder), true);
                ManualEngine other = both.scene().anotherEngine()) {
            for (int i = 1; i <= 12; i++) {
                both.edit("m_" + i, MemberField.EMAIL, "app" + i + "@example.test");
            }
            both.decide();
            CountDownLatch start = new CountDownLatch(1);
            Future<?> one = threads.submit(() -> {
                start.await();
                return both.scene().engine().tick();
            });
            Future<?> two = threads.submit(() -> {
                start.await();
                return other.tick();
            });
            start.countDown();
            one.get();
            two.get();
            assertThat(both.writes()).isEqualTo(12);
            for (int i = 1; i <= 12; i++) {
                assertThat(both.inRegistry("m_" + i, "/contact/email")).isEqualTo("app" + i + "@example.test");
            }
            assertThat(both.audit(AuditKind.REGISTRY_UPDATED)).hasSize(12);
            both.assertQuiet();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aMemberThatIsGoneEndsTheDelivery() {
        try (TwoWay both = open(new MemoryHost(), true)) {
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.decide();
            both.scene().registry().delete("m_4", "resigned");
            both.deliver();
            assertThat(both.outbox()).isEmpty();
            both.decide();
            assertThat(both.scene().activeRows()).doesNotContainKey("m_4").hasSize(11);
        }
    }

    @Test
    void strangersSeeAndChangeNothing() {
        try (TwoWay both = open(new MemoryHost(), true)) {
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.decide();
            var outbox = both.scene()
                    .engine()
                    .as(Caller.organizationAdministrator("Eve", OrganizationId.of("other")))
                    .outbox();
            OutboxEntry entry = both.outbox().get(0);
            assertThatThrownBy(() -> outbox.list(Scene.INTEGRATION, Optional.empty(), 10))
                    .isInstanceOf(AccessDeniedException.class);
            for (Runnable change : List.<Runnable>of(() -> outbox.retry(entry), () -> outbox.drop(entry))) {
                assertThatThrownBy(change::run).isInstanceOf(AccessDeniedException.class);
            }
            assertThat(both.outbox()).containsExactly(entry);
        }
    }

    /** A storage that fails once, right before or right after a commit, when it is time. For one thread. */
    private static final class Dying implements Storage {

        private final Storage storage;
        private final boolean committed;
        private BooleanSupplier when = () -> false;

        Dying(Storage storage, boolean committed) {
            this.storage = storage;
            this.committed = committed;
        }

        void dieOnce(BooleanSupplier time) {
            when = time;
        }

        @Override
        public <T> T inTransaction(Function<Session, T> work) {
            if (!when.getAsBoolean()) {
                return storage.inTransaction(work);
            }
            when = () -> false;
            if (committed) {
                storage.inTransaction(work);
            }
            throw new StorageException("A failure that the test made", false, null);
        }

        @Override
        public <T> T inTransaction(Fence fence, Function<Session, T> work) {
            return storage.inTransaction(fence, work);
        }
    }
}
