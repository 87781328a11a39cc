package io.membersync.internal.admin;

import io.membersync.member.MemberEdits;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import io.membersync.storage.Storage;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/** Announced edits as marks in the storage. Safe for many threads. */
final class StoredMemberEdits implements MemberEdits {

    private final Storage storage;
    private final InstantSource time;
    private final Access access;

    StoredMemberEdits(Storage storage, InstantSource time, Caller caller) {
        this.storage = storage;
        this.time = time;
        this.access = new Access(caller);
    }

    @Override
    public void announce(Collection<MemberId> members) {
        if (access.caller().role() != Caller.Role.HOST) {
            throw access.denied("announce edits of the host");
        }
        List<MemberId> marked = List.copyOf(members);
        if (!marked.isEmpty()) {
            storage.inTransaction(session -> {
                session.edits().mark(marked, time.instant());
                return marked;
            });
        }
    }

    @Override
    public void announce(MemberId member) {
        announce(List.of(member));
    }
}
