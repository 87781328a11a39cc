package io.membersync.setup;

import io.membersync.connector.RegistrySchema;
import io.membersync.fault.Violation;
import io.membersync.mapping.MappingSet;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets an administrator change which of the registry's fields become which of the members', and see first what comes of
 * it. Safe for many threads.
 *
 * <p>Every method throws {@link io.membersync.fault.AccessDeniedException} when there is no such integration for the
 * caller, and {@link io.membersync.fault.RegistryException} when the registry has to be asked and does not answer as it
 * should.
 */
public interface MappingEditor {

    /**
     * Asks the registry for its fields.
     *
     * @param integration the integration
     * @return the fields; nothing where the system cannot tell
     */
    Optional<RegistrySchema> schema(IntegrationId integration);

    /**
     * Finds everything that is wrong with mappings: fields that the registry does not have, that hold something else, or
     * that cannot be written; two that go out to one place; fields that cannot be read or written at all; a scope or
     * rules that do not suit; and needed fields that are left out. Changes nothing.
     *
     * @param integration the integration
     * @param mapping the mappings
     * @param excluded needed fields that are left out on purpose
     * @return every violation, by field; none when they would be saved
     */
    List<Violation> validate(IntegrationId integration, MappingSet mapping, Set<MemberField> excluded);

    /**
     * Reads some records and shows what mappings make of them, beside what those in force do. Whoever's address is
     * protected is left out, by the mark of the record as either mapping or the suggested one reads it, or cannot read
     * it, or by what is known of the member already. Changes nothing.
     *
     * @param integration the integration
     * @param mapping the mappings
     * @return 3 to 5 records, as far as its first pages have as many
     */
    MappingPreview preview(IntegrationId integration, MappingSet mapping);

    /**
     * Saves mappings. Where a full sync has come to its end before, the next run tries them before they are in force:
     * see {@link io.membersync.run.SyncControl}.
     *
     * @param integration the integration
     * @param mapping the mappings
     * @param excluded needed fields that are left out on purpose
     * @return the integration as saved
     * @throws io.membersync.fault.InvalidConfigurationException with every violation at once; nothing is stored then
     */
    Integration save(IntegrationId integration, MappingSet mapping, Set<MemberField> excluded);
}
