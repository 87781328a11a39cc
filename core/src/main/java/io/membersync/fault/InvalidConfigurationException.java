package io.membersync.fault;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration was refused. Lists every violation at once, by field. */
public final class InvalidConfigurationException extends MemberSyncException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * Makes a refusal.
     *
     * @param what what was to be configured, such as {@code Integration 'hlf'}
     * @param violations everything that is wrong; at least one
     */
    public InvalidConfigurationException(String what, List<Violation> violations) {
        super(
                what + " is refused: "
                        + violations.stream().map(Violation::toString).collect(Collectors.joining("; ")),
                null);
        this.violations = List.copyOf(violations);
    }

    /** {@return everything that is wrong, in the order of the configuration's fields} */
    public List<Violation> violations() {
        return violations;
    }
}
