package io.membersync.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.MemberSyncException;
import io.membersync.fault.RegistryException;
import io.membersync.fault.StorageException;
import io.membersync.fault.Violation;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Why a command could not be carried out, in words for people.
 *
 * @param code the exit code
 * @param message what happened
 * @param violations what is wrong with the configuration, by field; may be empty
 */
record Failure(int code, String message, List<Violation> violations) {

    static Failure of(Exception exception) {
        if (exception instanceof InvalidConfigurationException invalid) {
            return new Failure(
                    ExitCode.CONFIGURATION,
                    "The configuration cannot be used as it stands:",
                    invalid.violations().stream()
                            .map(Failure::inWordsOfTheCommandLine)
                            .toList());
        } else if (exception instanceof RegistryException registry) {
            return failure(ExitCode.of(registry.fault()), registry.getMessage() + ". " + registry.advice());
        } else if (exception instanceof NotStartedException) {
            return failure(ExitCode.NOT_STARTED, "The sync was not started: " + exception.getMessage());
        } else if (exception instanceof PoolInitializationException || exception instanceof SQLException) {
            return failure(
                    ExitCode.DATABASE,
                    "The database cannot be used: " + cause(exception)
                            + ". Check \"storage\"; a file of H2 serves one command at a time.");
        } else if (exception instanceof StorageException) {
            return failure(ExitCode.DATABASE, String.valueOf(exception.getMessage()));
        } else if (exception instanceof MemberSyncException) {
            return failure(ExitCode.INCOMPLETE, String.valueOf(exception.getMessage()));
        } else if (exception instanceof InterruptedException || exception instanceof CancellationException) {
            return stopped();
        }
        return failure(
                ExitCode.MISTAKE,
                "This is a mistake of the program: " + exception.getClass().getName());
    }

    /** The library names what a program would call; here there are options and a file. */
    private static Violation inWordsOfTheCommandLine(Violation violation) {
        String message = violation.message().replace("IntegrationDraft.moved()", "--moved");
        return message.endsWith("it is not https")
                ? new Violation(violation.field(), message + "; \"testMode\": true admits simulators")
                : new Violation(violation.field(), message);
    }

    static Failure stopped() {
        return failure(ExitCode.INCOMPLETE, "Stopped. What was left of a sync is carried on by the next one.");
    }

    private static Failure failure(int code, String message) {
        return new Failure(code, message, List.of());
    }

    /** A driver's message names its address and no password, but may go on for lines. */
    private static String cause(Exception exception) {
        Throwable cause = exception.getCause() == null ? exception : exception.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").replaceAll("\\.$", "");
    }

    void print(Output output) {
        if (output.json()) {
            output.write(json());
            return;
        }
        StringBuilder text = new StringBuilder(message);
        violations.forEach(
                violation -> text.append(System.lineSeparator()).append("   ").append(violation));
        output.problem(text.toString());
    }

    private ObjectNode json() {
        ObjectNode json = Json.object();
        ObjectNode error = json.putObject("error");
        error.put("code", code);
        error.put("message", message);
        ArrayNode wrong = error.putArray("violations");
        violations.forEach(
                violation -> wrong.addObject().put("field", violation.field()).put("message", violation.message()));
        return json;
    }
}
