package io.membersync.storage.jdbc;

import io.membersync.fault.Violation;
import java.util.List;
import java.util.regex.Pattern;

/** Checks names that become part of statements, where nothing can be bound. For one thread. */
final class Identifiers {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final List<Violation> violations;

    /** Makes a check that adds what it finds to a list. */
    Identifiers(List<Violation> violations) {
        this.violations = violations;
    }

    String checked(String what, String identifier) {
        if (!PLAIN.matcher(identifier).matches()) {
            violations.add(new Violation(
                    what, "is not an identifier of lower case letters, digits and underscores, up to 63 of them"));
        }
        return identifier;
    }

    /** Checks a name that may have a schema in front. */
    void checkQualified(String what, String identifier) {
        String[] parts = identifier.split("\\.", -1);
        if (parts.length > 2) {
            violations.add(new Violation(what, "has more than a schema in front"));
        }
        for (String part : parts) {
            checked(what, part);
        }
    }
}
