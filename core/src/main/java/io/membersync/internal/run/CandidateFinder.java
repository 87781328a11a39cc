package io.membersync.internal.run;

import io.membersync.internal.pipeline.Candidates;
import io.membersync.internal.pipeline.PageSnapshot.AppSide;
import io.membersync.mapping.MappedRecord;
import io.membersync.matching.MatchDecision;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.MatchChanges;
import io.membersync.setup.Integration;
import io.membersync.storage.AppMember;
import io.membersync.storage.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the members that records without a link may belong to: one look-up a match key's field and batch, and none
 * at all in a run that begins while the host has no members. For one run and one thread.
 */
final class CandidateFinder {

    /**
     * What there is to find.
     *
     * @param members whether the host had members before this run created any
     * @param questions whether records may wait for a decision or its effect
     */
    private record Prospect(boolean members, boolean questions) {}

    private static final Prospect NOBODY = new Prospect(false, false);

    private final Integration integration;
    private final SeenIds unsure = new SeenIds();
    private @Nullable Prospect prospect;

    CandidateFinder(Integration integration) {
        this.integration = integration;
    }

    /**
     * Looks for members and questions.
     *
     * @param unlinked records that are nobody's
     * @param asked other records that a question may wait about
     */
    Candidates find(Session session, Collection<MappedRecord.Mapped> unlinked, Set<ExternalId> asked) {
        Prospect known = unlinked.isEmpty() ? NOBODY : prospect(session);
        Set<ExternalId> ids = new HashSet<>(asked);
        if (known.members() || known.questions()) {
            unlinked.forEach(record -> ids.add(record.externalId()));
        }
        if (ids.isEmpty()) {
            return Candidates.NONE;
        }
        Map<ExternalId, MatchReview> reviews = new HashMap<>(session.matches().load(integration.id(), ids));
        Map<MemberId, AppSide> members = new HashMap<>();
        if (known.members()) {
            fields(session).forEach(field -> lookUp(session, field, unlinked).forEach(found -> add(members, found)));
        }
        chosen(session, reviews.values(), members.keySet()).forEach(found -> add(members, found));
        Map<MemberId, ExternalId> taken =
                members.isEmpty() ? Map.of() : session.links().recordsOf(integration.id(), members.keySet());
        Set<MemberId> doubtful = taken.keySet().stream()
                .filter(member -> unsure.contains(member.value()))
                .collect(Collectors.toSet());
        if (!doubtful.isEmpty()) {
            reviews.putAll(session.matches()
                    .load(integration.id(), doubtful.stream().map(taken::get).toList()));
        }
        return new Candidates(known.members(), members, taken, doubtful, reviews);
    }

    /** Remembers whom this run links by no more than name and contact details: eight bytes each. */
    void linking(Collection<MatchChanges.Adopted> adopted) {
        adopted.stream()
                .filter(found -> !found.confirmed())
                .forEach(found -> unsure.add(found.member().value()));
    }

    private Prospect prospect(Session session) {
        Prospect known = prospect;
        if (known == null) {
            boolean members = !integration.matchOrder().keys().isEmpty()
                    && session.members().count(integration.organization()) > 0;
            known = new Prospect(members, members || session.matches().count(integration.id()) > 0);
            prospect = known;
        }
        return known;
    }

    /** The fields that both sides have. */
    private Set<MemberField> fields(Session session) {
        Set<MemberField> fields = new HashSet<>(integration.matchOrder().fields());
        fields.retainAll(session.members().fields());
        fields.removeIf(field -> integration.mapping().find(field).isEmpty());
        return fields;
    }

    private List<AppMember> lookUp(Session session, MemberField field, Collection<MappedRecord.Mapped> unlinked) {
        Set<FieldValue> values = unlinked.stream()
                .map(record -> field.canonical(record.state().value(field)))
                .filter(value -> !(value instanceof FieldValue.Nothing))
                .collect(Collectors.toSet());
        return values.isEmpty() ? List.of() : session.members().findBy(integration.organization(), field, values);
    }

    private Collection<AppMember> chosen(Session session, Collection<MatchReview> reviews, Set<MemberId> known) {
        Set<MemberId> missing = reviews.stream()
                .map(MatchReview::decision)
                .flatMap(Optional::stream)
                .map(MatchDecision::member)
                .flatMap(Optional::stream)
                .filter(member -> !known.contains(member))
                .collect(Collectors.toSet());
        return missing.isEmpty()
                ? List.of()
                : session.members().load(integration.organization(), missing).values();
    }

    private static void add(Map<MemberId, AppSide> members, AppMember found) {
        members.put(found.id(), new AppSide(found.version(), found.state()));
    }
}
