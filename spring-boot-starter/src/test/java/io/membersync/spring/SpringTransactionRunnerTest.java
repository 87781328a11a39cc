package io.membersync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.model.IntegrationId;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.testkit.contract.Requirement;
import java.time.Instant;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The library's work in Spring's transactions. */
@Requirement("G4")
class SpringTransactionRunnerTest {

    private static final IntegrationId INTEGRATION = IntegrationId.of("ours");

    private final JdbcDataSource dataSource = database();
    private final JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
    private final TransactionTemplate host = new TransactionTemplate(manager);
    private final JdbcClient sql = JdbcClient.create(dataSource);
    private final JdbcStorage storage =
            JdbcStorage.on(dataSource).with(new SpringTransactionRunner(manager, dataSource));

    private static JdbcDataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    @BeforeEach
    void install() {
        storage.install();
        sql.sql("CREATE TABLE note (text varchar(100))").update();
    }

    @Test
    void outsideATransactionItMakesItsOwn() {
        receive("a");
        assertThat(received()).isEqualTo(1);

        assertThatThrownBy(() -> storage.inTransaction(session -> {
                    session.inbox().add(INTEGRATION, "b", Instant.EPOCH);
                    throw new IllegalArgumentException("changed my mind");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("changed my mind");
        assertThat(received()).isEqualTo(1);
    }

    @Test
    void insideTheHostsItIsCommittedAndRolledBackWithIt() {
        host.executeWithoutResult(status -> {
            note("kept");
            receive("a");
        });
        host.executeWithoutResult(status -> {
            note("undone");
            receive("b");
            status.setRollbackOnly();
        });

        assertThat(received()).isEqualTo(1);
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void workThatFailsLeavesTheHostsTransactionAsItWas() {
        host.executeWithoutResult(status -> {
            note("before");
            assertThatThrownBy(() -> storage.inTransaction(session -> {
                        session.inbox().add(INTEGRATION, "a", Instant.EPOCH);
                        throw new IllegalArgumentException("refused");
                    }))
                    .hasMessage("refused");
            note("after");
        });

        assertThat(received()).isZero();
        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void aManagerOfAnotherDataSourceIsRefused() {
        JdbcStorage mixed = JdbcStorage.on(dataSource)
                .with(new SpringTransactionRunner(new JdbcTransactionManager(database()), dataSource));

        assertThatThrownBy(() -> mixed.inTransaction(session -> session.inbox().add(INTEGRATION, "a", Instant.EPOCH)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("transactionManager");
        assertThat(received()).isZero();
    }

    @Test
    void aTransactionOfAnotherDataSourceIsNotTheHosts() {
        new TransactionTemplate(new JdbcTransactionManager(database())).executeWithoutResult(status -> {
            assertThat(notes()).as("binds a connection to the thread").isZero();
            receive("a");
            status.setRollbackOnly();
        });

        assertThat(received()).isEqualTo(1);
    }

    private void receive(String delivery) {
        storage.inTransaction(session -> session.inbox().add(INTEGRATION, delivery, Instant.EPOCH));
    }

    private void note(String text) {
        sql.sql("INSERT INTO note VALUES (?)").param(text).update();
    }

    private long received() {
        return sql.sql("SELECT COUNT(*) FROM ms_inbox").query(Long.class).single();
    }

    private long notes() {
        return sql.sql("SELECT COUNT(*) FROM note").query(Long.class).single();
    }
}
