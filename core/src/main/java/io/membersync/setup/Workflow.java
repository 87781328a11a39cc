package io.membersync.setup;

import io.membersync.model.MemberField;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Something that members do or that is done for them, on one side only. Immutable.
 *
 * @param name lower-case letters, digits and hyphens
 * @param fields the fields that it writes; may be empty
 */
public record Workflow(String name, Set<MemberField> fields) {

    /** Members edit how they are reached. */
    public static final Workflow PROFILE_EDITING = of(
            "profile-editing",
            MemberField.EMAIL,
            MemberField.MOBILE,
            MemberField.STREET,
            MemberField.POSTAL_CODE,
            MemberField.CITY,
            MemberField.COUNTRY);

    /** Memberships are renewed and paid. */
    public static final Workflow RENEWAL =
            of("renewal", MemberField.MEMBERSHIP_TYPE, MemberField.MEMBER_TO, MemberField.PAID_UNTIL);

    /** Members are written to. */
    public static final Workflow NOTIFICATIONS = of("notifications");

    /** Members sign up for events. */
    public static final Workflow EVENT_SIGN_UP = of("event-sign-up");

    /**
     * Copies the fields.
     *
     * @throws IllegalArgumentException when the name is malformed
     */
    public Workflow {
        if (!name.matches("[a-z][a-z0-9-]{1,59}")) {
            throw new IllegalArgumentException(
                    "A workflow's name is 2 to 60 lower-case letters, digits and hyphens, starting with a letter");
        }
        fields = Set.copyOf(fields);
    }

    /**
     * A workflow.
     *
     * @param name its name
     * @param fields the fields that it writes
     * @return the workflow
     */
    public static Workflow of(String name, MemberField... fields) {
        return new Workflow(name, Set.of(fields));
    }

    /** {@return the workflows that most organizations have} */
    public static List<Workflow> standard() {
        return List.of(PROFILE_EDITING, RENEWAL, NOTIFICATIONS, EVENT_SIGN_UP);
    }

    /**
     * This workflow, owned.
     *
     * @param owner by whom
     * @return the claim
     */
    public Claim ownedBy(WorkflowOwner owner) {
        return new Claim(this, owner);
    }

    /**
     * A workflow and its owner. Immutable.
     *
     * @param workflow the workflow
     * @param owner on which side it is carried out
     */
    public record Claim(Workflow workflow, WorkflowOwner owner) {
        /** Refuses nulls. */
        public Claim {
            Objects.requireNonNull(workflow, "workflow");
            Objects.requireNonNull(owner, "owner");
        }
    }
}
