package io.membersync.audit;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that was done. Immutable; {@code toString} shows no values.
 *
 * @param at when
 * @param kind what
 * @param organization for which organization
 * @param integration in which integration, where it concerns one
 * @param run in which run, where it was one: its id as text
 * @param actor who did it: a caller's name, or {@code sync}
 * @param member which member, where it concerns one
 * @param externalId which registry record, where it concerns one
 * @param summary one sentence for people, without personal data
 * @param changes the fields that changed, with their values before and after
 * @param trigger why the run was started that this tells the end of
 * @param failed whether it tells of something that went wrong: a run that failed, a record that could not be read, a
 *     value that could not be written
 */
public record AuditEntry(
        Instant at,
        AuditKind kind,
        OrganizationId organization,
        Optional<IntegrationId> integration,
        Optional<String> run,
        String actor,
        Optional<MemberId> member,
        Optional<ExternalId> externalId,
        String summary,
        List<ValueChange> changes,
        Optional<Trigger> trigger,
        boolean failed) {

    /**
     * A field before and after, as text for people. Personnummer is masked.
     *
     * @param field the field's key
     * @param before its value before; empty for none
     * @param after its value after; empty for none
     * @param why why it changed
     */
    public record ValueChange(String field, String before, String after, String why) {
        /** Refuses nulls. */
        public ValueChange {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
            Objects.requireNonNull(why, "why");
        }

        /** {@return the field only} */
        @Override
        public String toString() {
            return field;
        }
    }

    /** Copies the changes. */
    public AuditEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(summary, "summary");
        changes = List.copyOf(changes);
        Objects.requireNonNull(trigger, "trigger");
    }

    /**
     * An entry that tells of no run's end and of nothing that went wrong.
     *
     * @param at when
     * @param kind what
     * @param organization for which organization
     * @param integration in which integration, where it concerns one
     * @param run in which run, where it was one: its id as text
     * @param actor who did it: a caller's name, or {@code sync}
     * @param member which member, where it concerns one
     * @param externalId which registry record, where it concerns one
     * @param summary one sentence for people, without personal data
     * @param changes the fields that changed, with their values before and after
     */
    public AuditEntry(
            Instant at,
            AuditKind kind,
            OrganizationId organization,
            Optional<IntegrationId> integration,
            Optional<String> run,
            String actor,
            Optional<MemberId> member,
            Optional<ExternalId> externalId,
            String summary,
            List<ValueChange> changes) {
        this(
                at,
                kind,
                organization,
                integration,
                run,
                actor,
                member,
                externalId,
                summary,
                changes,
                Optional.empty(),
                false);
    }

    /**
     * The same, telling a run's end.
     *
     * @param why why the run was started
     * @param withFailure whether it failed
     * @return a new value
     */
    public AuditEntry endOfRun(Trigger why, boolean withFailure) {
        return new AuditEntry(
                at,
                kind,
                organization,
                integration,
                run,
                actor,
                member,
                externalId,
                summary,
                changes,
                Optional.of(why),
                withFailure);
    }

    /** {@return the same, telling of something that went wrong} */
    public AuditEntry asFailure() {
        return new AuditEntry(
                at, kind, organization, integration, run, actor, member, externalId, summary, changes, trigger, true);
    }

    /** {@return kind, member and the names of the changed fields} */
    @Override
    public String toString() {
        return "AuditEntry[" + kind + ", " + member.map(MemberId::value).orElse("-") + ", " + changes + "]";
    }
}
