package io.membersync.plan;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One change of one host member. Immutable; never printed. */
public sealed interface MemberChange {

    /** {@return the member} */
    MemberId member();

    /** {@return the registry's id of the record behind the change} */
    ExternalId externalId();

    /**
     * A member that the host does not have yet.
     *
     * @param member its new id
     * @param externalId the registry's id
     * @param state its fields
     */
    record Create(MemberId member, ExternalId externalId, MemberState state) implements MemberChange {
        /** Refuses nulls. */
        public Create {
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(state, "state");
        }

        @Override
        public String toString() {
            return "Create[" + member + "]";
        }
    }

    /**
     * Single fields of a member change.
     *
     * @param member the member
     * @param externalId the registry's id
     * @param seenVersion the app version that the change was decided on
     * @param changes the fields that change, sorted by key; at least one
     */
    record Update(MemberId member, ExternalId externalId, long seenVersion, List<FieldChange> changes)
            implements MemberChange {
        /**
         * Copies the changes.
         *
         * @throws IllegalArgumentException when there are none
         */
        public Update {
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(externalId, "externalId");
            changes = List.copyOf(changes);
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("An update changes at least one field");
            }
        }

        @Override
        public String toString() {
            return "Update[" + member + ", " + changes + "]";
        }
    }

    /**
     * A member that the registry no longer has. The row stays.
     *
     * @param member the member
     * @param externalId the registry's id
     * @param seenVersion the app version that the change was decided on
     * @param reason the registry's own word for it
     * @param mergedInto the member that now stands for the person, after a merge
     */
    record Terminate(
            MemberId member, ExternalId externalId, long seenVersion, String reason, Optional<MemberId> mergedInto)
            implements MemberChange {
        /** Refuses nulls. */
        public Terminate {
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(mergedInto, "mergedInto");
        }

        @Override
        public String toString() {
            return "Terminate[" + member + "]";
        }
    }

    /**
     * A member that the registry no longer has and that stays as it is. Told in the audit, and never given to a member
     * store.
     *
     * @param member the member
     * @param externalId the registry's id
     * @param reason the registry's own word for it
     */
    record Flag(MemberId member, ExternalId externalId, String reason) implements MemberChange {
        /** Refuses nulls. */
        public Flag {
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public String toString() {
            return "Flag[" + member + "]";
        }
    }
}
