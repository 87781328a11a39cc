package io.membersync.internal.audit;

import io.membersync.audit.AuditEntry;
import io.membersync.fault.StorageException;
import io.membersync.model.OrganizationId;
import io.membersync.storage.AuditHead;
import io.membersync.storage.AuditLink;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Forgets the beginning of a chain, so that the rest begins with a seal that is known. Safe for many threads. */
public final class AuditRetention {

    private static final int AT_ONCE = 1_000;

    private final Storage storage;
    private final AuditKey key;

    /**
     * Makes one.
     *
     * @param storage where the audit is kept
     * @param key what signs
     */
    public AuditRetention(Storage storage, AuditKey key) {
        this.storage = storage;
        this.key = key;
    }

    /**
     * Forgets.
     *
     * @param organization whose
     * @param before what was sealed before the first entry of this time or later
     * @param told what tells of it, given how many entries were forgotten
     * @return how many
     */
    public long forget(OrganizationId organization, Instant before, LongFunction<AuditEntry> told) {
        AuditSigner signer = key.signer()
                .orElseThrow(() -> new StorageException(
                        "The audit's key is sealed under a master key that is not there: bring it back", false, null));
        Optional<AuditLink> last = lastBefore(organization, before);
        return last.isEmpty()
                ? 0
                : storage.inTransaction(session -> {
                    AuditHead head = session.auditChains().head(organization).orElseThrow();
                    AuditLink end = last.get();
                    if (end.number() <= head.forgotten()) {
                        // Somebody else has just forgotten as much.
                        return 0L;
                    }
                    AuditHead shorter = signer.head(organization, end.number(), end.seal(), head.last(), head.seal());
                    session.auditChains().saveHead(shorter, Optional.of(head));
                    int forgotten = session.auditChains().forget(organization, end.number());
                    session.audit().append(List.of(told.apply(forgotten)));
                    return (long) forgotten;
                });
    }

    private Optional<AuditLink> lastBefore(OrganizationId organization, Instant before) {
        Optional<AuditLink> last = Optional.empty();
        while (true) {
            long after = last.map(AuditLink::number).orElse(0L);
            List<AuditLink> page =
                    storage.inTransaction(session -> session.auditChains().sealed(organization, after, AT_ONCE));
            for (AuditLink link : page) {
                if (!link.signed().entry().at().isBefore(before)) {
                    return last;
                }
                last = Optional.of(link);
            }
            if (page.size() < AT_ONCE) {
                return last;
            }
        }
    }
}
