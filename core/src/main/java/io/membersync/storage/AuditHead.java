package io.membersync.storage;

import io.membersync.model.OrganizationId;
import java.util.Objects;

/**
 * Where an organization's audit chain begins and ends. Immutable.
 *
 * @param organization whose
 * @param forgotten how many entries at the beginning are no longer kept
 * @param base the seal of the last of those; empty while none is forgotten
 * @param last how many entries have been sealed in all
 * @param seal the seal of the last one; empty before the first
 * @param proof over all of this, under the library's key
 */
public record AuditHead(
        OrganizationId organization, long forgotten, String base, long last, String seal, String proof) {

    /** Refuses nulls. */
    public AuditHead {
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(seal, "seal");
        Objects.requireNonNull(proof, "proof");
    }
}
