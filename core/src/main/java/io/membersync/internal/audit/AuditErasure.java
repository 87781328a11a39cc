package io.membersync.internal.audit;

import io.membersync.fault.StorageException;
import io.membersync.member.RecordId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.AuditLink;
import io.membersync.storage.Session;
import java.util.Collection;
import java.util.List;

/** Empties the entries about a person, which still prove themselves afterwards. Safe for many threads. */
public final class AuditErasure {

    private final AuditSigner signer;

    /**
     * Makes one. To be called outside of transactions.
     *
     * @param key what signs
     * @throws StorageException when the key is not there
     */
    public AuditErasure(AuditKey key) {
        this.signer = key.signer()
                .orElseThrow(() -> new StorageException(
                        "The audit's key is sealed under a master key that is not there: bring it back", false, null));
    }

    /**
     * Empties entries. Entries that the library did not write are emptied too, and stay as wrong as they are.
     *
     * @param session the erasure's transaction
     * @param organization whose entries
     * @param members the person's members
     * @param records the person's records
     * @return how many entries were emptied
     */
    public long erase(
            Session session, OrganizationId organization, Collection<MemberId> members, Collection<RecordId> records) {
        List<AuditLink> shells = session.auditChains().about(organization, members, records).stream()
                .map(link -> new AuditLink(link.id(), link.number(), link.seal(), signer.erased(link.signed())))
                .toList();
        if (!shells.isEmpty()) {
            session.auditChains().erase(organization, shells);
        }
        return shells.size();
    }
}
