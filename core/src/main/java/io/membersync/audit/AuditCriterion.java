package io.membersync.audit;

import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.run.Trigger;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/** Something that is asked of audit entries. Immutable. */
public sealed interface AuditCriterion {

    /**
     * Tells whether an entry meets it.
     *
     * @param entry the entry
     * @return true when it does
     */
    boolean admits(AuditEntry entry);

    /**
     * Entries of some kinds.
     *
     * @param kinds the kinds
     */
    record OfKind(Set<AuditKind> kinds) implements AuditCriterion {
        /** Copies the kinds. */
        public OfKind {
            kinds = Set.copyOf(kinds);
        }

        @Override
        public boolean admits(AuditEntry entry) {
            return kinds.contains(entry.kind());
        }
    }

    /**
     * Entries about a member.
     *
     * @param member the member
     */
    record About(MemberId member) implements AuditCriterion {
        /** Refuses null. */
        public About {
            Objects.requireNonNull(member, "member");
        }

        @Override
        public boolean admits(AuditEntry entry) {
            return entry.member().filter(member::equals).isPresent();
        }
    }

    /**
     * Entries of one integration.
     *
     * @param integration the integration
     */
    record In(IntegrationId integration) implements AuditCriterion {
        /** Refuses null. */
        public In {
            Objects.requireNonNull(integration, "integration");
        }

        @Override
        public boolean admits(AuditEntry entry) {
            return entry.integration().filter(integration::equals).isPresent();
        }
    }

    /**
     * Entries of one run.
     *
     * @param run its id as text
     */
    record OfRun(String run) implements AuditCriterion {
        /** Refuses null. */
        public OfRun {
            Objects.requireNonNull(run, "run");
        }

        @Override
        public boolean admits(AuditEntry entry) {
            return entry.run().filter(run::equals).isPresent();
        }
    }

    /**
     * Ends of runs that were started for one reason.
     *
     * @param trigger the reason
     */
    record StartedFor(Trigger trigger) implements AuditCriterion {
        /** Refuses null. */
        public StartedFor {
            Objects.requireNonNull(trigger, "trigger");
        }

        @Override
        public boolean admits(AuditEntry entry) {
            return entry.trigger().filter(trigger::equals).isPresent();
        }
    }

    /**
     * Entries of a time.
     *
     * @param from its beginning
     * @param to its end, which is no part of it
     */
    record Between(Instant from, Instant to) implements AuditCriterion {
        /** Refuses nulls. */
        public Between {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public boolean admits(AuditEntry entry) {
            return !entry.at().isBefore(from) && entry.at().isBefore(to);
        }
    }

    /** Entries that tell of something that went wrong. */
    record Failed() implements AuditCriterion {
        @Override
        public boolean admits(AuditEntry entry) {
            return entry.failed();
        }
    }
}
