package io.membersync.spring;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.storage.MemberStore;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.storage.jdbc.MemberTable;
import io.membersync.storage.jdbc.TransactionRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The beans of the host that a storage is made of.
 *
 * @param dataSource where the tables are
 * @param manager manages its transactions
 * @param runner runs transactions instead of the manager
 * @param table the host's member table, if members are in one
 * @param store keeps the members, if they are elsewhere
 */
record HostStorage(
        ObjectProvider<DataSource> dataSource,
        ObjectProvider<PlatformTransactionManager> manager,
        ObjectProvider<TransactionRunner> runner,
        ObjectProvider<MemberTable> table,
        ObjectProvider<MemberStore> store) {

    private static final String ONE = "is missing, or there are several and none is primary";

    /** Makes the storage; its tables are not touched yet. */
    JdbcStorage storage() {
        List<Violation> violations = new ArrayList<>();
        DataSource source = dataSource.getIfUnique();
        if (source == null) {
            violations.add(new Violation("dataSource", ONE));
        }
        Optional<TransactionRunner> transactions = source == null ? Optional.empty() : transactions(source);
        if (source != null && transactions.isEmpty()) {
            violations.add(new Violation("transactionManager", ONE));
        }
        MemberTable ofHost = table.getIfAvailable();
        MemberStore elsewhere = store.getIfAvailable();
        if (ofHost != null && elsewhere != null) {
            violations.add(
                    new Violation("members", "are in a MemberTable and in a MemberStore: declare one of the two"));
        }
        if (source == null || !violations.isEmpty()) {
            throw new InvalidConfigurationException("The storage", violations);
        }
        JdbcStorage storage = JdbcStorage.on(source).with(transactions.orElseThrow());
        if (elsewhere != null) {
            return storage.members(connection -> elsewhere);
        }
        return ofHost == null ? storage : storage.members(ofHost);
    }

    private Optional<TransactionRunner> transactions(DataSource source) {
        return Optional.ofNullable(runner.getIfUnique())
                .or(() -> Optional.ofNullable(manager.getIfUnique())
                        .map(unique -> new SpringTransactionRunner(unique, source)));
    }
}
