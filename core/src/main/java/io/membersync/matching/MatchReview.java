package io.membersync.matching;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A record of which it is not clear whom it belongs to, or belongs to by now. Nothing is linked or created until a person has decided, or the
 * two sides leave no doubt any more. Immutable.
 *
 * @param integration the integration
 * @param externalId the registry's id
 * @param doubt why a person has to decide
 * @param candidates the members in question, at most {@value #MOST_CANDIDATES}
 * @param openedAt when the question first came up
 * @param changedAt when it last changed
 * @param about a hash of whom the record was about when the question was asked; empty where that does not matter
 * @param decision what was decided; it takes effect when the record is next read, if it is about the same person then
 * @param revision the number of the stored row as loaded; 0 for a new one
 */
public record MatchReview(
        IntegrationId integration,
        ExternalId externalId,
        Match.Doubt doubt,
        List<Candidate> candidates,
        Instant openedAt,
        Instant changedAt,
        String about,
        Optional<MatchDecision> decision,
        long revision) {

    /** More are not shown; somebody who has as many namesakes is found by hand. */
    public static final int MOST_CANDIDATES = 20;

    /** Copies the candidates, as many as are shown. */
    public MatchReview {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(doubt, "doubt");
        candidates = candidates.stream().limit(MOST_CANDIDATES).toList();
        Objects.requireNonNull(openedAt, "openedAt");
        Objects.requireNonNull(changedAt, "changedAt");
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(decision, "decision");
    }

    /**
     * A question in which it does not matter whom the record is about, such as one that a person raises.
     *
     * @param integration the integration
     * @param externalId the registry's id
     * @param doubt why a person has to decide
     * @param candidates the members in question
     * @param openedAt when the question first came up
     * @param changedAt when it last changed
     * @param decision what was decided
     * @param revision the number of the stored row as loaded; 0 for a new one
     */
    public MatchReview(
            IntegrationId integration,
            ExternalId externalId,
            Match.Doubt doubt,
            List<Candidate> candidates,
            Instant openedAt,
            Instant changedAt,
            Optional<MatchDecision> decision,
            long revision) {
        this(integration, externalId, doubt, candidates, openedAt, changedAt, "", decision, revision);
    }

    /**
     * The same as it stands towards a record as it is now: a decision about one person is none about another.
     *
     * @param now the hash of whom the record is about
     * @return this, or the same without a decision
     */
    public MatchReview towards(String now) {
        return about.isEmpty() || about.equals(now)
                ? this
                : new MatchReview(
                        integration,
                        externalId,
                        doubt,
                        candidates,
                        openedAt,
                        changedAt,
                        about,
                        Optional.empty(),
                        revision);
    }

    /**
     * The same with a decision.
     *
     * @param made what was decided
     * @param at when
     * @return a new value
     */
    public MatchReview decided(MatchDecision made, Instant at) {
        return new MatchReview(
                integration, externalId, doubt, candidates, openedAt, at, about, Optional.of(made), revision);
    }

    /**
     * {@return true when it was decided that the record is a member's}
     *
     * @param member the member
     */
    public boolean decidedFor(MemberId member) {
        return decision.flatMap(MatchDecision::member).filter(member::equals).isPresent();
    }

    /**
     * {@return true when it was decided and could not be done: only another decision ends it, since to go on without one
     * would be to guess what the person wants now}
     */
    public boolean undone() {
        return decision.isEmpty()
                && candidates.stream().anyMatch(candidate -> candidate.keys().isEmpty());
    }

    /**
     * {@return true when the other asks the same question about the same person and members}
     *
     * @param other another review of the record
     */
    public boolean sameQuestion(MatchReview other) {
        return doubt == other.doubt && candidates.equals(other.candidates) && about.equals(other.about);
    }

    /** {@return the registry's id and the doubt} */
    @Override
    public String toString() {
        return "MatchReview[" + externalId + ", " + doubt + "]";
    }
}
