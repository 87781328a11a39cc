package io.membersync.conflict;

import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.Origin;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A difference that waits for a person, or that has ended. There is one at most for each membership and field: when the
 * sides part again, the ended one is opened again. Immutable; {@code toString} shows no values.
 *
 * @param integration the integration
 * @param member the host's member
 * @param externalId the registry's id
 * @param field the field
 * @param app what the app has
 * @param agreed the value last agreed on, where there is one
 * @param registry what the registry has
 * @param question why a person is asked, and what the library proposes
 * @param ending how it ended; empty while it is open
 * @param revision rises with each change; refuses a decision on an outdated view
 */
public record Conflict(
        IntegrationId integration,
        MemberId member,
        ExternalId externalId,
        MemberField field,
        Side app,
        Optional<FieldValue> agreed,
        Side registry,
        Question question,
        Optional<Ending> ending,
        long revision) {

    /**
     * What one side has. Immutable; {@code toString} shows no value.
     *
     * @param value the value
     * @param source where the value came from, as far as the library knows
     * @param changedAt when the side changed it; empty where the side does not tell that of a single field
     * @param seenAt when a sync first saw it stand against the other side's
     */
    public record Side(FieldValue value, Optional<Origin> source, Optional<Instant> changedAt, Instant seenAt) {

        /** Refuses nulls. */
        public Side {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(changedAt, "changedAt");
            Objects.requireNonNull(seenAt, "seenAt");
        }

        Side withoutValue() {
            return new Side(FieldValue.nothing(), source, changedAt, seenAt);
        }

        @Override
        public String toString() {
            return "Side";
        }
    }

    /**
     * Why a person is asked. Immutable.
     *
     * @param rule the rule in force for the field
     * @param why why that rule did not decide by itself, in a sentence without values
     * @param proposal what the library would do
     * @param openedAt when it was opened
     * @param changedAt when one of the values last changed
     */
    public record Question(Rule rule, String why, Proposal proposal, Instant openedAt, Instant changedAt) {

        /** Refuses nulls. */
        public Question {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(proposal, "proposal");
            Objects.requireNonNull(openedAt, "openedAt");
            Objects.requireNonNull(changedAt, "changedAt");
        }

        /** {@return true until one of the values changes after it was opened} */
        public boolean isNew() {
            return openedAt.equals(changedAt);
        }
    }

    /**
     * How a conflict ended. Immutable.
     *
     * @param outcome what stands now
     * @param by who decided: a caller's name, or {@code sync}
     * @param at when
     * @param reason what the person gave as a reason, or which rule decided
     */
    public record Ending(Outcome outcome, String by, Instant at, String reason) {

        /** Refuses nulls. */
        public Ending {
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** What stands after a conflict. */
    public enum Outcome {
        /** The registry's value: so a person decided. */
        REGISTRY_TAKEN,
        /** The app's value: so a person decided. */
        APP_KEPT,
        /** A value that a person entered. */
        VALUE_ENTERED,
        /** What a rule decided, after it was changed or one of the values was. */
        RULE_DECIDED,
        /** The sides came to agree, or are no longer in question. */
        SETTLED_ITSELF,
        /** The registry no longer has the record. */
        RECORD_GONE
    }

    /**
     * A conflict as somebody saw it: what a page keeps of it until the person has decided. Immutable.
     *
     * @param integration the integration
     * @param member the host's member
     * @param field the field's key
     * @param revision the revision that was seen
     */
    public record Ref(IntegrationId integration, MemberId member, String field, long revision) {

        /** Refuses nulls. */
        public Ref {
            Objects.requireNonNull(integration, "integration");
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(field, "field");
        }
    }

    /** Refuses nulls. */
    public Conflict {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(agreed, "agreed");
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(ending, "ending");
    }

    /** {@return true while it waits} */
    public boolean open() {
        return ending.isEmpty();
    }

    /** {@return this conflict as it is seen now} */
    public Ref ref() {
        return new Ref(integration, member, field.key(), revision);
    }

    /**
     * {@return this conflict without the values of both sides, which may not be shown any more}
     */
    public Conflict withoutValues() {
        return new Conflict(
                integration,
                member,
                externalId,
                field,
                app.withoutValue(),
                Optional.empty(),
                registry.withoutValue(),
                question,
                ending,
                revision);
    }

    /**
     * Gives this conflict, ended.
     *
     * @param how how
     * @return a new conflict
     */
    public Conflict ended(Ending how) {
        return new Conflict(
                integration, member, externalId, field, app, agreed, registry, question, Optional.of(how), revision);
    }

    /**
     * Gives this conflict as stored under another revision.
     *
     * @param number the revision
     * @return a new conflict
     */
    public Conflict revised(long number) {
        return new Conflict(integration, member, externalId, field, app, agreed, registry, question, ending, number);
    }

    /** {@return integration, member and field, never the values} */
    @Override
    public String toString() {
        return "Conflict[" + integration + ", " + member + ", " + field + "]";
    }
}
