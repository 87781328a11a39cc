package io.membersync.internal.audit;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.model.Slice;
import io.membersync.storage.AuditStore;
import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import io.membersync.storage.SignedEntry;
import io.membersync.storage.Storage;
import java.util.List;
import java.util.function.Function;

/** The host's storage, in whose sessions audit entries are signed as they are added. Safe for many threads. */
public final class SignedAudit implements Storage {

    private final Storage storage;
    private final AuditKey key;

    /**
     * Makes one.
     *
     * @param storage the host's storage
     * @param key what signs
     */
    public SignedAudit(Storage storage, AuditKey key) {
        this.storage = storage;
        this.key = key;
    }

    @Override
    public <T> T inTransaction(Function<Session, T> work) {
        return storage.inTransaction(signing(work));
    }

    @Override
    public <T> T inTransaction(Fence fence, Function<Session, T> work) {
        return storage.inTransaction(fence, signing(work));
    }

    // The key is read before the transaction begins: it may have to be made in one of its own.
    private <T> Function<Session, T> signing(Function<Session, T> work) {
        return key.signer()
                .<Function<Session, T>>map(signer -> session -> work.apply(new SignedSession(session, signer)))
                .orElse(work);
    }

    /** The audit of one session. For one thread. */
    record SignedStore(AuditStore audit, AuditSigner signer) implements AuditStore {

        @Override
        public void append(List<AuditEntry> entries) {
            add(entries.stream().map(signer::sign).toList());
        }

        @Override
        public void add(List<SignedEntry> entries) {
            audit.add(entries);
        }

        @Override
        public Slice<AuditEntry> find(AuditQuery query) {
            return audit.find(query);
        }
    }
}
