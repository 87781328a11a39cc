package io.membersync.run;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.FieldChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a full sync would do if it ran now. Nothing was changed to find out. Immutable; {@code toString} shows the numbers
 * only.
 *
 * @param integration the integration
 * @param at when the reading began
 * @param proven true when the listing is proven complete, so that its absences count
 * @param counts what would be counted
 * @param fields how many members would change in which field
 * @param samples a few records of each kind, in the registry's order
 * @param digest 64 hexadecimal digits over all that would be written: the same digest, the same effect
 */
public record Preview(
        IntegrationId integration,
        Instant at,
        boolean proven,
        RunCounts counts,
        Map<MemberField, Long> fields,
        List<Sample> samples,
        String digest) {

    /** What would become of a record. */
    public enum Kind {
        /** A member would be created. */
        CREATE,
        /** Fields of a member would change. */
        UPDATE,
        /** A member would be terminated. */
        TERMINATE,
        /** A linked member is not in the listing. */
        ABSENT,
        /** A question would be opened for review. */
        CONFLICT,
        /** The record cannot be used. */
        QUARANTINE
    }

    /**
     * One record and what would become of it. Its values are personal data.
     *
     * @param kind what would become of it
     * @param externalId the registry's id; empty where not even that can be read
     * @param member the member; empty where it would be created, or where the record has none
     * @param changes the fields that would change, or the field in question, with their values
     * @param why a sentence without values; empty where the changes say it
     */
    public record Sample(
            Kind kind,
            Optional<ExternalId> externalId,
            Optional<MemberId> member,
            List<FieldChange> changes,
            String why) {
        /** Copies the changes. */
        public Sample {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(member, "member");
            changes = List.copyOf(changes);
            Objects.requireNonNull(why, "why");
        }

        /** {@return the kind and the registry's id} */
        @Override
        public String toString() {
            return kind + " " + externalId.map(ExternalId::value).orElse("-");
        }
    }

    /** Copies the collections. */
    public Preview {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(counts, "counts");
        fields = Map.copyOf(fields);
        samples = List.copyOf(samples);
        Objects.requireNonNull(digest, "digest");
    }

    /** {@return true when nothing would change} */
    public boolean nothingToDo() {
        return counts.created() == 0 && counts.updated() == 0 && counts.removed() == 0 && counts.conflicts() == 0;
    }

    /** {@return the numbers only} */
    @Override
    public String toString() {
        return "Preview[" + integration + ", " + counts + "]";
    }
}
