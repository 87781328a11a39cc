package io.membersync.internal.audit;

import io.membersync.fault.StaleVersionException;
import io.membersync.fault.StorageException;
import io.membersync.model.OrganizationId;
import io.membersync.storage.AuditHead;
import io.membersync.storage.AuditLink;
import io.membersync.storage.Session;
import io.membersync.storage.SignedEntry;
import io.membersync.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the audit's entries their places in the chains of their organizations, behind the commits that added them, so
 * that those wait for nobody. What the library did not sign gets no place. Safe for many threads and nodes: of two that
 * seal at once, one begins again.
 */
public final class AuditSealer {

    /** How often to look. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AuditSealer.class);
    private static final int AT_ONCE = 1_000;

    private final Storage storage;
    private final AuditKey key;

    /**
     * Makes a sealer.
     *
     * @param storage where the audit is kept
     * @param key what signs
     */
    public AuditSealer(Storage storage, AuditKey key) {
        this.storage = storage;
        this.key = key;
    }

    /** Seals what waits. Failures are logged: the next look tries again. */
    public void look() {
        try {
            key.signer()
                    .ifPresent(signer -> storage.inTransaction(
                                    session -> session.auditChains().waiting())
                            .forEach(organization -> seal(organization, signer)));
        } catch (StorageException failed) {
            LOG.warn("The audit could not be sealed; the next look tries again: {}", failed.getMessage());
        }
    }

    private void seal(OrganizationId organization, AuditSigner signer) {
        Optional<String> after = Optional.empty();
        do {
            Optional<String> from = after;
            try {
                after = storage.inTransaction(session -> sealNext(session, organization, signer, from));
            } catch (StaleVersionException another) {
                LOG.debug("Another node seals the audit of {}", organization);
                return;
            }
        } while (after.isPresent());
    }

    /** Seals some, and gives the id behind which to go on. */
    private static Optional<String> sealNext(
            Session session, OrganizationId organization, AuditSigner signer, Optional<String> after) {
        List<AuditLink> waiting = session.auditChains().waiting(organization, after, AT_ONCE);
        Optional<AuditHead> head = session.auditChains().head(organization);
        long number = head.map(AuditHead::last).orElse(0L);
        String seal = head.map(AuditHead::seal).orElse("");
        List<AuditLink> sealed = new ArrayList<>(waiting.size());
        for (AuditLink link : waiting) {
            if (signer.genuineWaiting(link.signed())) {
                SignedEntry signed = signer.sealed(link.signed());
                number++;
                seal = signer.seal(seal, number, signed);
                sealed.add(new AuditLink(link.id(), number, seal, signed));
            }
        }
        if (!sealed.isEmpty()) {
            long forgotten = head.map(AuditHead::forgotten).orElse(0L);
            String base = head.map(AuditHead::base).orElse("");
            session.auditChains().saveHead(signer.head(organization, forgotten, base, number, seal), head);
            session.auditChains().seal(organization, sealed);
        }
        return waiting.size() < AT_ONCE
                ? Optional.empty()
                : Optional.of(waiting.get(waiting.size() - 1).id());
    }
}
