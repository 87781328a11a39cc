package io.membersync.setup;

import io.membersync.connector.SettingsForm;
import io.membersync.connector.SystemType;
import io.membersync.mapping.MappingSet;
import java.util.Objects;

/**
 * A member system that an organization may choose. Immutable.
 *
 * @param system the system, or {@link SystemType#NONE}
 * @param form what an administrator has to fill in for it
 * @param suggestedMapping the mapping that an integration with it starts with
 */
public record SystemChoice(SystemType system, SettingsForm form, MappingSet suggestedMapping) {

    /** Refuses nulls. */
    public SystemChoice {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(suggestedMapping, "suggestedMapping");
    }
}
