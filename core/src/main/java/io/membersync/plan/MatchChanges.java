package io.membersync.plan;

import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import java.util.List;
import java.util.Objects;

/**
 * What a plan finds out about whom records belong to. Immutable.
 *
 * @param opened questions to open or to bring up to date
 * @param closed open questions that have ended
 * @param adopted members that the host already had and that are linked now
 */
public record MatchChanges(List<MatchReview> opened, List<MatchReview> closed, List<Adopted> adopted) {

    /** Nothing. */
    public static final MatchChanges NONE = new MatchChanges(List.of(), List.of(), List.of());

    /**
     * A member that the host already had.
     *
     * @param member the member
     * @param externalId the registry's id of the record that it is linked to now
     * @param how by what it was found
     * @param confirmed false when nothing but the name and contact details says so
     */
    public record Adopted(MemberId member, ExternalId externalId, String how, boolean confirmed) {
        /** Refuses nulls. */
        public Adopted {
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(externalId, "externalId");
            Objects.requireNonNull(how, "how");
        }
    }

    /** Copies the lists. */
    public MatchChanges {
        opened = List.copyOf(opened);
        closed = List.copyOf(closed);
        adopted = List.copyOf(adopted);
    }

    /** {@return true when nothing would be written} */
    public boolean isEmpty() {
        return opened.isEmpty() && closed.isEmpty() && adopted.isEmpty();
    }
}
