package io.membersync.alert;

import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that somebody has to hear of. Immutable; holds no personal data.
 *
 * @param id the alert
 * @param kind what it is about
 * @param organization the organization
 * @param integration the integration
 * @param raisedAt when it was raised
 * @param lastSeenAt when its cause was last seen, to the hour
 * @param finding what is the matter
 * @param closedAt when its cause was gone; empty while it is open
 * @param acknowledged who has taken note of it
 */
public record Alert(
        AlertId id,
        AlertKind kind,
        OrganizationId organization,
        IntegrationId integration,
        Instant raisedAt,
        Instant lastSeenAt,
        Finding finding,
        Optional<Instant> closedAt,
        Optional<Acknowledgment> acknowledged) {

    /**
     * What is the matter.
     *
     * @param message one sentence for an administrator
     * @param nextStep what to do
     */
    public record Finding(String message, String nextStep) {
        /** Refuses nulls. */
        public Finding {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(nextStep, "nextStep");
        }
    }

    /**
     * Somebody has taken note.
     *
     * @param by the caller's name
     * @param at when
     */
    public record Acknowledgment(String by, Instant at) {
        /** Refuses nulls. */
        public Acknowledgment {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
        }
    }

    /** Refuses nulls. */
    public Alert {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(raisedAt, "raisedAt");
        Objects.requireNonNull(lastSeenAt, "lastSeenAt");
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(closedAt, "closedAt");
        Objects.requireNonNull(acknowledged, "acknowledged");
    }

    /** {@return whether its cause is still there} */
    public boolean open() {
        return closedAt.isEmpty();
    }

    /**
     * The same with its cause seen again.
     *
     * @param now when
     * @param what what is the matter now
     * @return a new alert
     */
    public Alert seen(Instant now, Finding what) {
        return new Alert(id, kind, organization, integration, raisedAt, now, what, closedAt, acknowledged);
    }

    /**
     * The same, closed.
     *
     * @param now when
     * @return a new alert
     */
    public Alert closed(Instant now) {
        return new Alert(
                id, kind, organization, integration, raisedAt, lastSeenAt, finding, Optional.of(now), acknowledged);
    }

    /**
     * The same, acknowledged.
     *
     * @param by who has taken note
     * @return a new alert
     */
    public Alert acknowledged(Acknowledgment by) {
        return new Alert(id, kind, organization, integration, raisedAt, lastSeenAt, finding, closedAt, Optional.of(by));
    }
}
