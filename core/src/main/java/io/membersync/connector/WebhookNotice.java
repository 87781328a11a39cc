package io.membersync.connector;

import java.util.Objects;
import java.util.Optional;

/** What a connector makes of a webhook. Immutable; holds nothing of the body. */
public sealed interface WebhookNotice {

    /**
     * It is genuine, and something has changed: a hint to read the change feed. What it says is not relied on.
     *
     * @param deliveryId what the sender calls this delivery, the same for each attempt; empty when it has no such thing
     */
    record Changed(Optional<String> deliveryId) implements WebhookNotice {
        /** Refuses null. */
        public Changed {
            Objects.requireNonNull(deliveryId, "deliveryId");
        }
    }

    /** It is genuine, and only tries out whether it arrives. */
    record Trial() implements WebhookNotice {}

    /**
     * It is not genuine, too old, or cannot be read.
     *
     * @param why for the log, without anything that came with the request
     */
    record Refused(String why) implements WebhookNotice {
        /** Refuses null. */
        public Refused {
            Objects.requireNonNull(why, "why");
        }
    }
}
