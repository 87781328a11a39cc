package io.membersync.storage;

import io.membersync.enrichment.EnrichmentSetting;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An organization's decision about enrichment as it is stored. Immutable; {@code toString} shows no key.
 *
 * @param setting the decision
 * @param sealedKeys the keys of the hashes of numbers, sealed: the first is version 1, the last is in use; at least one
 * @param baseline what was counted at the activation; empty while it was not
 */
public record StoredEnrichment(EnrichmentSetting setting, List<String> sealedKeys, Optional<Baseline> baseline) {

    /**
     * What was counted at the activation. Immutable.
     *
     * @param members how many members the registries had
     * @param missing how many of them had no number; empty where a registry does not tell
     */
    public record Baseline(long members, OptionalLong missing) {
        /** Refuses null. */
        public Baseline {
            Objects.requireNonNull(missing, "missing");
        }
    }

    /**
     * Copies the keys.
     *
     * @throws IllegalArgumentException when there is no key
     */
    public StoredEnrichment {
        Objects.requireNonNull(setting, "setting");
        sealedKeys = List.copyOf(sealedKeys);
        if (sealedKeys.isEmpty()) {
            throw new IllegalArgumentException("Hashes need a key");
        }
        Objects.requireNonNull(baseline, "baseline");
    }

    /** {@return the decision only} */
    @Override
    public String toString() {
        return "StoredEnrichment[" + setting + "]";
    }
}
