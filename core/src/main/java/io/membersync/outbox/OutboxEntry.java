package io.membersync.outbox;

import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One field of one registry record that has to take the app's value. There is at most one for each record and field: a
 * later value takes the place of one that has not been sent. Immutable; {@code toString} shows no values.
 *
 * @param integration the integration
 * @param externalId the registry's id
 * @param member the host's member
 * @param field the field
 * @param value the app's value that goes out; after its delivery the value that went out
 * @param registry the registry's value when that was decided; after its delivery what the registry stored
 * @param state what becomes of it
 * @param delivery how far its delivery has come
 * @param returns how often the registry changed it back
 * @param revision rises with each change; refuses a change of an outdated view. 0 for one that is not stored yet
 */
public record OutboxEntry(
        IntegrationId integration,
        ExternalId externalId,
        MemberId member,
        MemberField field,
        FieldValue value,
        FieldValue registry,
        OutboxState state,
        Delivery delivery,
        Returns returns,
        long revision) {

    /**
     * How far a delivery has come. Immutable; {@code toString} shows no value.
     *
     * @param madeAt when the value was decided to go out
     * @param attempts how often it has been tried
     * @param nextTryAt when it is tried next, or when it was delivered
     * @param sent the value of the last attempt while it is not known what became of that
     * @param reason why it has not been delivered yet, without the value; empty while nothing went wrong
     */
    public record Delivery(
            Instant madeAt, int attempts, Instant nextTryAt, Optional<FieldValue> sent, Optional<String> reason) {

        /** Refuses nulls. */
        public Delivery {
            Objects.requireNonNull(madeAt, "madeAt");
            Objects.requireNonNull(nextTryAt, "nextTryAt");
            Objects.requireNonNull(sent, "sent");
            Objects.requireNonNull(reason, "reason");
        }

        /**
         * A delivery that has not begun.
         *
         * @param at when it was decided; it is due at once
         * @return the delivery
         */
        public static Delivery due(Instant at) {
            return new Delivery(at, 0, at, Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return "Delivery[" + attempts + " attempts]";
        }
    }

    /**
     * How often the registry changed a delivered value back. Immutable.
     *
     * @param count how often since then
     * @param since when counting began
     */
    public record Returns(int count, Instant since) {

        /** Refuses null. */
        public Returns {
            Objects.requireNonNull(since, "since");
        }
    }

    /** Refuses nulls. */
    public OutboxEntry {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(delivery, "delivery");
        Objects.requireNonNull(returns, "returns");
    }

    /** {@return true until the registry has stored it} */
    public boolean open() {
        return state != OutboxState.DELIVERED;
    }

    /**
     * Gives this entry with other values.
     *
     * @param goingOut the app's value
     * @param standing the registry's value
     * @return a new entry
     */
    public OutboxEntry with(FieldValue goingOut, FieldValue standing) {
        return new OutboxEntry(
                integration, externalId, member, field, goingOut, standing, state, delivery, returns, revision);
    }

    /**
     * Gives this entry in another state.
     *
     * @param other the state
     * @param how how far its delivery has come
     * @return a new entry
     */
    public OutboxEntry in(OutboxState other, Delivery how) {
        return new OutboxEntry(integration, externalId, member, field, value, registry, other, how, returns, revision);
    }

    /**
     * Gives this entry as stored under another revision.
     *
     * @param number the revision
     * @return a new entry
     */
    public OutboxEntry revised(long number) {
        return new OutboxEntry(
                integration, externalId, member, field, value, registry, state, delivery, returns, number);
    }

    /** {@return record, field and state, never the values} */
    @Override
    public String toString() {
        return "OutboxEntry[" + externalId + ", " + field + ", " + state + "]";
    }
}
