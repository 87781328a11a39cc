package io.membersync.examples.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.ConnectionReport;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.OpeningContext;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The engine finds the connector by itself and syncs with it. */
class ClubSyncTest {

    // [sync]
    @Test
    @Requirement("A5")
    void bringsAllMembersOfTheRegisterIn() {
        IntegrationId club = IntegrationId.of("fjellvaak");
        try (ClubFixture register = new ClubFixture(100);
                ManualEngine engine =
                        ManualEngine.builder(new InMemoryStorage()).build()) {
            engine.host()
                    .integrations()
                    .add(IntegrationDraft.of(
                            club, OrganizationId.of("turlag"), "club-register", register.endpoint(), register.key()));

            assertThat(engine.host().integrations().test(club)).isInstanceOf(ConnectionReport.Connected.class);
            Run first = engine.fullSync(club);
            register.change("c-0042", "Ås");
            Run second = engine.fullSync(club);

            assertThat(first.state()).isEqualTo(RunState.COMPLETED);
            assertThat(first.counts().created()).isEqualTo(100);
            assertThat(second.counts().updated()).isEqualTo(1);
        }
    }
    // [end]

    @Test
    @Requirement("D1")
    void listsEverythingThatIsWrongAtOnce() {
        InvalidConfigurationException refusal = catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> new ClubConnectorFactory()
                        .open(OpeningContext.of(new Credentials.None(), Map.of("pageSize", "0"))));

        assertThat(refusal.violations())
                .extracting(Violation::field)
                .containsExactly("settings.pageSize", "credentials");
    }
}
