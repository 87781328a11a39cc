package io.membersync.examples.host.members;

import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * A member, as far as pages show it. Immutable.
 *
 * @param id the host's id
 * @param organization whose member it is
 * @param memberNumber the number by which people know it
 * @param firstName the first name
 * @param lastName the last name
 * @param email the e-mail address
 * @param mobile the mobile number
 * @param status the state of the membership
 */
public record Member(
        MemberId id,
        OrganizationId organization,
        @Nullable String memberNumber,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String mobile,
        @Nullable String status) {

    /** {@return first and last name} */
    public String name() {
        return ((firstName == null ? "" : firstName) + " " + (lastName == null ? "" : lastName)).strip();
    }

    /** {@return the id, no personal data} */
    @Override
    public String toString() {
        return "Member[" + id + "]";
    }
}
