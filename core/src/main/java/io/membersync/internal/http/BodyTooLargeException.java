package io.membersync.internal.http;

import java.io.IOException;
import java.io.Serial;

/** An answer is larger than the gateway's limits allow. */
final class BodyTooLargeException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(int limit) {
        super("more than " + limit + " bytes");
    }
}
