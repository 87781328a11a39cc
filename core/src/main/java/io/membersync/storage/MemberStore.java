package io.membersync.storage;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.MemberChange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
     * Tells whose rows of members there are, in order to copy or erase them.
     *
     * @param members the members
     * @param asked organizations to tell about; rows that are no organization's own are those of each of them
     * @return the organizations that have a row; others than those asked about too, where rows say whose they are
     */
    default Set<OrganizationId> organizations(Collection<MemberId> members, Collection<OrganizationId> asked) {
        return asked.stream()
                .filter(organization -> !load(organization, members).isEmpty())
                .collect(Collectors.toSet());
    }

    /**
     * Finds members by what they may have in common with records that are not linked yet. May give too many: whoever
     * calls compares again. Not too few: e-mail addresses are the same without regard to case, phone numbers when their
     * last eight digits are, all else when it is equal. Needs an index on the field's
     * column to be fast; asked once for each field and batch that brings records without a link, unless there were no
     * members when the run began.
     *
     * @param organization the organization whose members are looked through
     * @param field the field, one of {@link #fields()}
     * @param values its values, without {@link io.membersync.model.FieldValue#nothing()}
     * @return the members, terminated ones too
     */
    List<AppMember> findBy(OrganizationId organization, MemberField field, Collection<FieldValue> values);

    /**
     * Counts an organization's members. Asked once in a run that brings records without a link.
     *
     * @param organization the organization
     * @return how many the host has, terminated ones too
     */
    long count(OrganizationId organization);

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

    /**
     * Erases the members' rows, as far as they are the organization's and the library's to erase; what other
     * organizations have of the same persons stays. A host that erases its rows itself, before or in the same
     * transaction, leaves them here as they are.
     *
     * @param organization the organization
     * @param members the members
     * @return how many rows were erased
     */
    int erase(OrganizationId organization, Collection<MemberId> members);
}
