package io.membersync.spring;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why the engine could not be configured: everything that is wrong, and what to do about each. */
class MemberSyncFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationException cause) {
        return new FailureAnalysis(
                cause.violations().stream()
                        .map(Violation::toString)
                        .collect(Collectors.joining("\n    ", "MemberSync cannot work like this:\n\n    ", "\n")),
                cause.violations().stream()
                        .map(violation -> advice(violation.field()))
                        .distinct()
                        .collect(Collectors.joining("\n")),
                cause);
    }

    private static String advice(String field) {
        return switch (field) {
            case "keys", "membersync.keys.current" ->
                "Make a key with 'openssl rand -base64 32', keep it where your"
                        + " secrets are, hand it in as membersync.keys.known.ID and set membersync.keys.current=ID; or"
                        + " declare a KeyProvider bean.";
            case "connectors" ->
                "Put a connector on the class path, such as"
                        + " io.membersync:membersync-connectors-cornerstone, or declare a ConnectorFactory bean.";
            case "dataSource", "transactionManager" ->
                "Configure one DataSource and its transaction manager; or declare"
                        + " which belong together: a Storage bean,"
                        + " JdbcStorage.on(dataSource).with(new SpringTransactionRunner(manager, dataSource)).install().";
            case "parallelRuns" -> "Correct membersync.parallel-runs.";
            case "manualInterval" -> "Correct membersync.manual-interval.";
            case "allowTargets" -> "Correct membersync.allow-targets.";
            default -> "Correct " + field + ".";
        };
    }
}
