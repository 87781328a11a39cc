package io.membersync.enginetests;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.storage.Storage;
import java.util.Map;
import java.util.SortedMap;

/** A host with its members, read and edited past the library. For one thread. */
interface HostSide {

    OrganizationId ORGANIZATION = OrganizationId.of("nbf");

    /** {@return the storage that the engine works on} */
    Storage storage();

    /**
     * {@return every member row, terminated ones too: its filled fields by key, as plain text}. Lists are sorted and
     * joined by commas, a home unit has a star; an empty list counts as not filled.
     */
    Map<MemberId, SortedMap<String, String>> rows();

    /** Changes a member as the host's own software does, in the transaction of {@link #inTransaction} if there is one. */
    void edit(MemberId member, Map<MemberField, FieldValue> values);

    /** Does the host's own work in one transaction of the host, and commits it or rolls it back. */
    void inTransaction(boolean commit, Runnable work);
}
