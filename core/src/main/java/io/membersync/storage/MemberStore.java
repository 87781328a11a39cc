package io.membersync.storage;

import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.MemberChange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The host's member table, in the transaction of its session. The host may bring its own. */
public interface MemberStore {

    /** {@return the fields that the host keeps; what else is mapped is left out of account} */
    Set<MemberField> fields();

    /**
     * Makes ids for members to be created.
     *
     * @param count how many, 1 or more
     * @return as many ids, never given out before; rising ids keep a database's index dense
     */
    List<MemberId> newIds(int count);

    /**
     * Loads members as one organization sees them.
     *
     * @param organization the organization, for the fields that belong to the membership
     * @param members the members
     * @return those that exist, by id
     */
    Map<MemberId, AppMember> load(OrganizationId organization, Collection<MemberId> members);

    /**
     * Tells what the members' rows could not hold, before any of the changes is applied. A member with an objection is
     * left as it is, and its record goes to quarantine with field and reason, until it fits; all others are applied. What
     * is not told here, and then fails to be applied, fails for the whole batch.
     *
     * <p>Asked once for each batch, in the transaction that applies it, so the answer should come from memory.
     *
     * @param organization the organization
     * @param changes at most one for each member
     * @return one objection for each field that could not be held, those of a member in a fixed order; none by default,
     *     which is right where a row holds any value
     */
    default List<Objection> objections(OrganizationId organization, List<MemberChange> changes) {
        return List.of();
    }

    /**
     * Applies changes. An update or termination is applied when the member still has the version it was decided on. A
     * termination sets {@link MemberField#STATUS} to {@code TERMINATED}, keeps the row, and notes the member that it was
     * merged into where the host keeps that.
     *
     * @param organization the organization
     * @param changes at most one for each member, in order
     * @return the members whose version was another one: nothing of theirs was changed
     */
    Set<MemberId> apply(OrganizationId organization, List<MemberChange> changes);
}
