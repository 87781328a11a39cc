package io.membersync.enrichment;

import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.NationalIdCheck;
import io.membersync.model.OrganizationId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A member's personnummer on its way to one registry, or what is left of it, or a login that is still to be verified: at
 * most one of each for a member and integration, so that what is known stays while a login is not believed yet. Immutable;
 * {@code toString} shows no contents.
 *
 * @param member the host's member
 * @param integration the integration
 * @param organization whose integration it is
 * @param provider who brought it
 * @param state what became of it
 * @param contents what it holds
 * @param progress how far it has come
 * @param revision rises with each change; 0 for one that is not stored yet
 */
public record EnrichmentTask(
        MemberId member,
        IntegrationId integration,
        OrganizationId organization,
        String provider,
        EnrichmentState state,
        Contents contents,
        Progress progress,
        long revision) {

    /**
     * What a task holds. Immutable; never printed.
     *
     * @param sealed the number, or the login that brings it; only while it waits
     * @param number the keyed hash of the number, with the version of its key
     * @param subject the keyed hash of what the provider calls the person, or of what an open login says of that
     * @param held the kind of the number that the registry is known to hold, where one was delivered
     */
    public record Contents(
            Optional<String> sealed,
            Optional<String> number,
            Optional<String> subject,
            Optional<NationalIdCheck.Kind> held) {

        /** Refuses nulls. */
        public Contents {
            Objects.requireNonNull(sealed, "sealed");
            Objects.requireNonNull(number, "number");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(held, "held");
        }

        /** {@return the same without what was sealed} */
        public Contents unsealed() {
            return new Contents(Optional.empty(), number, subject, held);
        }

        /** {@return what is there, never what it says} */
        @Override
        public String toString() {
            return "Contents[" + (sealed.isPresent() ? "sealed" : "empty") + "]";
        }
    }

    /**
     * How far a task has come. Immutable.
     *
     * @param takenAt when the login came
     * @param attempts how often it has been tried
     * @param nextTryAt when it is tried next, or when it ended
     * @param reason why it stands where it stands, without personal data; empty while nothing went wrong
     */
    public record Progress(Instant takenAt, int attempts, Instant nextTryAt, Optional<String> reason) {

        /** Refuses nulls. */
        public Progress {
            Objects.requireNonNull(takenAt, "takenAt");
            Objects.requireNonNull(nextTryAt, "nextTryAt");
            Objects.requireNonNull(reason, "reason");
        }

        /**
         * A task that has just come.
         *
         * @param at when
         * @return due at once
         */
        public static Progress due(Instant at) {
            return new Progress(at, 0, at, Optional.empty());
        }
    }

    /** Refuses nulls. */
    public EnrichmentTask {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(contents, "contents");
        Objects.requireNonNull(progress, "progress");
    }

    /** {@return whether this is a login that is still to be verified, which stands beside what is known} */
    public boolean open() {
        return state == EnrichmentState.UNVERIFIED;
    }

    /**
     * Gives this task as it stands after a step. What is open does not become anything else: it is removed.
     *
     * @param other the state
     * @param holding what it holds
     * @param how how far it has come
     * @return a new task
     */
    public EnrichmentTask in(EnrichmentState other, Contents holding, Progress how) {
        return new EnrichmentTask(member, integration, organization, provider, other, holding, how, revision);
    }

    /**
     * Gives this task as stored under another revision.
     *
     * @param number the revision
     * @return a new task
     */
    public EnrichmentTask revised(long number) {
        return new EnrichmentTask(member, integration, organization, provider, state, contents, progress, number);
    }

    /** {@return member, integration and state only} */
    @Override
    public String toString() {
        return "EnrichmentTask[" + member + ", " + integration + ", " + state + "]";
    }
}
