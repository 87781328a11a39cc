package io.membersync.setup;

import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What other mappings make of some real records. Immutable; {@code toString} shows no values.
 *
 * @param samples the records, 5 at most; fewer where the registry has fewer. People whose address is protected are not
 *     among them
 */
public record MappingPreview(List<Sample> samples) {

    /** Copies the samples. */
    public MappingPreview {
        samples = List.copyOf(samples);
    }

    /**
     * One record.
     *
     * @param externalId its id in the registry
     * @param fields the fields of either mapping, by key
     * @param problem why the record could not be read at all; empty when it could
     */
    public record Sample(ExternalId externalId, List<SampledField> fields, Optional<String> problem) {
        /** Copies the fields. */
        public Sample {
            Objects.requireNonNull(externalId, "externalId");
            fields = List.copyOf(fields);
            Objects.requireNonNull(problem, "problem");
        }
    }

    /**
     * What a field would come to.
     *
     * @param field the field
     * @param before its value by the mapping in force; empty where that does not read it, or the record does not speak
     *     of it
     * @param after its value by the other mapping; empty likewise
     * @param problem why the other mapping cannot read it, without its value; such a record would go to quarantine
     */
    public record SampledField(
            MemberField field, Optional<FieldValue> before, Optional<FieldValue> after, Optional<String> problem) {
        /** Refuses nulls. */
        public SampledField {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
            Objects.requireNonNull(problem, "problem");
        }

        /** {@return whether the other mapping reads something else} */
        public boolean changes() {
            return problem.isEmpty() && !before.equals(after);
        }

        /** {@return the field only} */
        @Override
        public String toString() {
            return "SampledField[" + field + "]";
        }
    }
}
