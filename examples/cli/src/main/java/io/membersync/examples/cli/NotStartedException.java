package io.membersync.examples.cli;

import java.io.Serial;

/** A sync was wished for and could not be started. */
final class NotStartedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    NotStartedException(String reason) {
        super(reason);
    }
}
