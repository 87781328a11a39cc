package io.membersync.member;

import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is kept of a person, to be handed to that person. Immutable; {@code toString} shows no value.
 *
 * @param at when the copy was made
 * @param items what is kept, by section
 */
public record PersonalCopy(Instant at, List<Item> items) {

    /**
     * One thing that is kept.
     *
     * @param section what it is
     * @param organization whose it is
     * @param integration the integration, where it belongs to one
     * @param facts what it says, by name, in an order for people; a personnummer is masked
     */
    public record Item(
            PersonalSection section,
            OrganizationId organization,
            Optional<IntegrationId> integration,
            Map<String, String> facts) {

        /** Copies the facts. */
        public Item {
            Objects.requireNonNull(section, "section");
            Objects.requireNonNull(organization, "organization");
            Objects.requireNonNull(integration, "integration");
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }

        /** {@return the section only} */
        @Override
        public String toString() {
            return section.title();
        }
    }

    /** Copies the items. */
    public PersonalCopy {
        Objects.requireNonNull(at, "at");
        items = List.copyOf(items);
    }

    /**
     * The items of one section.
     *
     * @param section the section
     * @return them, in order
     */
    public List<Item> of(PersonalSection section) {
        return items.stream().filter(item -> item.section() == section).toList();
    }
}
