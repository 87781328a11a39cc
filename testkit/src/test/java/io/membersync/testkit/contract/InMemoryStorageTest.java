package io.membersync.testkit.contract;

import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;

/** The in-memory storage keeps the contract. */
class InMemoryStorageTest extends StorageContract {

    @Override
    protected Storage storage() {
        return new InMemoryStorage();
    }

    @Override
    protected void editMember(Storage storage, OrganizationId organization, MemberId member, MemberState changes) {
        ((InMemoryStorage) storage).edit(member, organization, changes);
    }
}
