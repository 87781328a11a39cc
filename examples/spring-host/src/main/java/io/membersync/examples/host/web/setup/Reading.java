package io.membersync.examples.host.web.setup;

import io.membersync.fault.Violation;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a form to its end, and gathers everything that is wrong with it by the names of the inputs. Messages are keys of
 * the page's texts, or sentences.
 */
final class Reading {

    static final String MISSING = "wrong.missing";

    private final Filled filled;
    private final List<Violation> wrong = new ArrayList<>();

    Reading(Filled filled) {
        this.filled = filled;
    }

    Filled filled() {
        return filled;
    }

    List<Violation> wrong() {
        return List.copyOf(wrong);
    }

    void wrong(String name, String message) {
        Violation violation = new Violation(name, message);
        if (!wrong.contains(violation)) {
            wrong.add(violation);
        }
    }

    /** What stands in an input, if it can be read. */
    <T> Optional<T> read(String name, Function<String, T> how, String message) {
        try {
            return filled.find(name).map(how);
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            wrong(name, message);
            return Optional.empty();
        }
    }

    /** What stands in an input that says itself what is wrong with a text, without repeating what is secret. */
    <T> Optional<T> read(String name, Function<String, T> how) {
        try {
            return filled.find(name).map(how);
        } catch (IllegalArgumentException unreadable) {
            wrong(name, String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
    }

    /** What stands in an input that must not be empty. */
    <T> Optional<T> need(String name, Function<String, T> how, String message) {
        require(name);
        return read(name, how, message);
    }

    /** The same for a text that is taken as it is. */
    Optional<String> need(String name) {
        require(name);
        return filled.find(name);
    }

    void require(String name) {
        if (filled.find(name).isEmpty()) {
            wrong(name, MISSING);
        }
    }
}
