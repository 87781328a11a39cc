package io.membersync.internal.pipeline;

import io.membersync.model.MemberField;
import java.util.Set;

/**
 * What a member's links in other integrations mean for this one. Immutable.
 *
 * @param leads the fields that another integration leads
 * @param protects whether another registry marks a protected address
 */
public record Elsewhere(Set<MemberField> leads, boolean protects) {

    /** The member is linked here alone, or first. */
    public static final Elsewhere NOTHING = new Elsewhere(Set.of(), false);

    /** Copies the fields. */
    public Elsewhere {
        leads = Set.copyOf(leads);
    }
}
