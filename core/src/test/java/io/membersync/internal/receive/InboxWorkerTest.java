package io.membersync.internal.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.IntegrationId;
import io.membersync.run.StartAnswer;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class InboxWorkerTest {

    private static final IntegrationId BROKEN = IntegrationId.of("a-broken");
    private static final IntegrationId SOUND = IntegrationId.of("b-sound");

    private final Storage storage = new InMemoryStorage();
    private final List<IntegrationId> asked = new ArrayList<>();
    private Instant now = Instant.parse("2031-05-06T07:08:09Z");

    private InboxWorker worker(Function<IntegrationId, StartAnswer> delta) {
        for (IntegrationId integration : List.of(BROKEN, SOUND)) {
            storage.inTransaction(session -> session.inbox().add(integration, "msg_1", now));
        }
        now = now.plusSeconds(2);
        return new InboxWorker(
                storage,
                integration -> {
                    asked.add(integration);
                    return delta.apply(integration);
                },
                () -> now);
    }

    @Test
    void oneIntegrationThatFailsDoesNotHoldUpTheOthers() {
        InboxWorker worker = worker(integration -> {
            if (integration.equals(BROKEN)) {
                throw new IllegalStateException("its secret does not open");
            }
            return new StartAnswer.Unavailable("a test starts nothing");
        });

        worker.look();

        assertThat(asked).containsExactlyInAnyOrder(BROKEN, SOUND);
    }

    @Test
    void whatCannotBeStartedIsNotAskedForEverySecond() {
        InboxWorker worker = worker(integration -> new StartAnswer.Unavailable("the plan has no webhooks"));

        worker.look();
        now = now.plusSeconds(59);
        worker.look();
        assertThat(asked).hasSize(2);

        now = now.plusSeconds(1);
        worker.look();
        assertThat(asked).hasSize(4);
    }
}
