package io.membersync.run;

import io.membersync.connector.Cursor;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One run as it is stored: who, what, how far, how it ended. Immutable.
 *
 * @param id the run
 * @param organization the organization
 * @param integration the integration
 * @param kind what it reads
 * @param trigger why it was started
 * @param startedBy the caller's name
 * @param state where it stands
 * @param queuedAt when it was asked for
 * @param startedAt when a worker first took it
 * @param endedAt when it ended
 * @param checkpoint how far it has come
 * @param counts what it has done up to the checkpoint
 * @param total how many records there are to read, where the registry told
 * @param failure why it ended early
 * @param rules the number of the version of the organization's conflict rules that it goes by; empty until it is taken
 * @param configuration the number of the version of the integration's set-up that it goes by; empty until it is taken
 * @param parkedUntil when a queued run goes on by itself, because the registry asked for silence until then
 */
public record Run(
        RunId id,
        OrganizationId organization,
        IntegrationId integration,
        RunKind kind,
        Trigger trigger,
        String startedBy,
        RunState state,
        Instant queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Checkpoint checkpoint,
        RunCounts counts,
        Optional<Long> total,
        Optional<RunFailure> failure,
        Optional<Long> rules,
        Optional<Long> configuration,
        Optional<Instant> parkedUntil) {

    /**
     * How far a run has come: committed with the batch that took it there.
     *
     * @param cursor where to read on
     * @param lastId the highest id seen, while the listing keeps its order; empty at the start and once order is broken
     * @param ordered true while every id has been higher than the one before
     * @param provable true while nothing stands against calling the listing complete
     * @param feedPosition where the change feed stood before the listing began, where the registry told
     * @param readToEnd true when there is nothing left to read, and only edits and repeated reads remain
     * @param paused the keys of mapped fields that the registry's records no longer give, with the reason; their members
     *     keep the values they have
     */
    public record Checkpoint(
            Cursor cursor,
            String lastId,
            boolean ordered,
            boolean provable,
            Optional<Cursor> feedPosition,
            boolean readToEnd,
            Map<String, String> paused) {

        /** The beginning. */
        public static final Checkpoint START = new Checkpoint(Cursor.START, "", true, true, Optional.empty(), false);

        /** Refuses nulls. */
        public Checkpoint {
            Objects.requireNonNull(cursor, "cursor");
            Objects.requireNonNull(lastId, "lastId");
            Objects.requireNonNull(feedPosition, "feedPosition");
            paused = Map.copyOf(paused);
        }

        /**
         * A checkpoint at which every mapped field is read.
         *
         * @param cursor where to read on
         * @param lastId the highest id seen; may be empty
         * @param ordered whether every id has been higher than the one before
         * @param provable whether nothing stands against calling the listing complete
         * @param feedPosition where the change feed stood before the listing began
         * @param readToEnd whether there is nothing left to read
         */
        public Checkpoint(
                Cursor cursor,
                String lastId,
                boolean ordered,
                boolean provable,
                Optional<Cursor> feedPosition,
                boolean readToEnd) {
            this(cursor, lastId, ordered, provable, feedPosition, readToEnd, Map.of());
        }

        /**
         * The same with other fields paused.
         *
         * @param fields their keys, with the reason
         * @return a new checkpoint
         */
        public Checkpoint pausing(Map<String, String> fields) {
            return new Checkpoint(cursor, lastId, ordered, provable, feedPosition, readToEnd, fields);
        }
    }

    /** Refuses nulls. */
    public Run {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(trigger, "trigger");
        Objects.requireNonNull(startedBy, "startedBy");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(queuedAt, "queuedAt");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(parkedUntil, "parkedUntil");
    }

    /**
     * A run that waits for a worker.
     *
     * @param id the run
     * @param organization the organization
     * @param integration the integration
     * @param kind what it reads
     * @param trigger why it was started
     * @param startedBy the caller's name
     * @param queuedAt when it was asked for
     */
    public Run(
            RunId id,
            OrganizationId organization,
            IntegrationId integration,
            RunKind kind,
            Trigger trigger,
            String startedBy,
            Instant queuedAt) {
        this(
                id,
                organization,
                integration,
                kind,
                trigger,
                startedBy,
                RunState.QUEUED,
                queuedAt,
                Optional.empty(),
                Optional.empty(),
                Checkpoint.START,
                RunCounts.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The same run, further on.
     *
     * @param to the new checkpoint
     * @param sums the new counts
     * @return a new value
     */
    public Run at(Checkpoint to, RunCounts sums) {
        return new Run(
                id,
                organization,
                integration,
                kind,
                trigger,
                startedBy,
                state,
                queuedAt,
                startedAt,
                endedAt,
                to,
                sums,
                total,
                failure,
                rules,
                configuration,
                parkedUntil);
    }

    /**
     * The same run, taken by a worker.
     *
     * @param at when
     * @param version the number of the version of the conflict rules in force
     * @return a new value, running and without an earlier failure; a run that was taken before keeps to its rules
     */
    public Run taken(Instant at, long version) {
        return new Run(
                id,
                organization,
                integration,
                kind,
                trigger,
                startedBy,
                RunState.RUNNING,
                queuedAt,
                startedAt.or(() -> Optional.of(at)),
                Optional.empty(),
                checkpoint,
                counts,
                total,
                Optional.empty(),
                Optional.of(rules.orElse(version)),
                configuration,
                Optional.empty());
    }

    /**
     * The same run, going by a set-up.
     *
     * @param version the number of the version of the integration's set-up, where it is known
     * @return a new value
     */
    public Run goingBy(Optional<Long> version) {
        return new Run(
                id,
                organization,
                integration,
                kind,
                trigger,
                startedBy,
                state,
                queuedAt,
                startedAt,
                endedAt,
                checkpoint,
                counts,
                total,
                failure,
                rules,
                version,
                parkedUntil);
    }

    /**
     * The same run with the number of records to read.
     *
     * @param records how many
     * @return a new value
     */
    public Run expecting(long records) {
        return new Run(
                id,
                organization,
                integration,
                kind,
                trigger,
                startedBy,
                state,
                queuedAt,
                startedAt,
                endedAt,
                checkpoint,
                counts,
                Optional.of(records),
                failure,
                rules,
                configuration,
                parkedUntil);
    }

    /**
     * The same run in another state.
     *
     * @param to the state
     * @param at when
     * @param why why it ended early, if it did
     * @return a new value; ended unless it is active
     */
    public Run in(RunState to, Instant at, Optional<RunFailure> why) {
        return in(to, at, why, Optional.empty());
    }

    /**
     * The same run, laid aside until a registry may be asked again.
     *
     * @param until when it goes on by itself
     * @param why what the registry answered
     * @return a new value, queued
     */
    public Run parked(Instant until, RunFailure why) {
        return in(RunState.QUEUED, until, Optional.of(why), Optional.of(until));
    }

    /**
     * Tells whether it is laid aside.
     *
     * @param now the present
     * @return true until it may go on
     */
    public boolean isParked(Instant now) {
        return parkedUntil.filter(now::isBefore).isPresent();
    }

    private Run in(RunState to, Instant at, Optional<RunFailure> why, Optional<Instant> until) {
        return new Run(
                id,
                organization,
                integration,
                kind,
                trigger,
                startedBy,
                to,
                queuedAt,
                startedAt,
                to.active() ? Optional.empty() : Optional.of(at),
                checkpoint,
                counts,
                total,
                why,
                rules,
                configuration,
                until);
    }

    /**
     * The same run, reading something else.
     *
     * @param what what it reads
     * @return a new value
     */
    public Run reading(RunKind what) {
        return new Run(
                id,
                organization,
                integration,
                what,
                trigger,
                startedBy,
                state,
                queuedAt,
                startedAt,
                endedAt,
                checkpoint,
                counts,
                total,
                failure,
                rules,
                configuration,
                parkedUntil);
    }

    /** {@return id, kind and state} */
    @Override
    public String toString() {
        return "Run[" + id + ", " + integration + ", " + kind + ", " + state + "]";
    }
}
