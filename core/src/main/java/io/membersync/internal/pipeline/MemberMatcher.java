package io.membersync.internal.pipeline;

import io.membersync.mapping.RecordVersion;
import io.membersync.matching.Candidate;
import io.membersync.matching.Match;
import io.membersync.matching.Match.Doubt;
import io.membersync.matching.MatchDecision;
import io.membersync.matching.MatchKey;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.plan.Link;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Step 5: says whom a record belongs to. A link decides alone, unless the record has turned into another person; then
 * what a person decided. Else one member, and only one, has to have something strong in common with the record, and the
 * record alone with it, be free, and contradict it nowhere. Whoever has only weak things in common is shown to a person;
 * whom the registry itself tells apart is nobody to ask about. For one plan.
 */
final class MemberMatcher {

    private final MatchIndex index;
    private final Claims claims = new Claims();
    private final Map<MemberId, PageSnapshot.AppSide> members;

    MemberMatcher(MatchIndex index, Map<MemberId, PageSnapshot.AppSide> members) {
        this.index = index;
        this.members = members;
    }

    /**
     * Takes note of a record that is going to be matched, before any is: which other records carry its keys.
     *
     * @param record the record, which is nobody's and nobody has decided about
     * @param state its fields
     */
    void claim(ExternalId record, MemberState state) {
        index.hits(state).forEach((member, keys) -> {
            MemberState app = index.state(member).orElseThrow();
            if (strongest(keys).filter(key -> !contradicts(key, app, state)).isPresent()) {
                claims.add(record, member, Identity.confirmed(app, state));
            }
        });
    }

    /**
     * Matches a record.
     *
     * @param record its id
     * @param link the record's link as the plan so far leaves it, if there is one
     * @param state the record's fields
     * @param open the question about the record, with what a person decided
     */
    Match match(ExternalId record, Optional<Link> link, MemberState state, Optional<MatchReview> open) {
        Optional<MemberId> linked = link.flatMap(Link::member);
        Optional<MatchDecision> decision = open.flatMap(MatchReview::decision);
        if (decision.isPresent()
                && !(linked.isPresent() && decision.get().member().equals(linked))) {
            return decided(decision.get());
        } else if (linked.isPresent()) {
            boolean said = decision.isPresent() || (open.isEmpty() && mergedInto(link.get()));
            return linked(link.get(), linked.get(), state, said);
        }
        Optional<MatchReview> undone = open.filter(MatchReview::undone);
        if (undone.isPresent()) {
            return new Match.Unclear(undone.get().doubt(), undone.get().candidates());
        }
        Match found = found(record, state);
        boolean shared =
                open.filter(review -> review.doubt() == Doubt.SEVERAL_RECORDS).isPresent();
        return shared ? stillShared(found, open.get()) : found;
    }

    private static Match stillShared(Match found, MatchReview open) {
        if (found instanceof Match.Found one && one.confirmed()) {
            return found;
        }
        return new Match.Unclear(
                Doubt.SEVERAL_RECORDS, found instanceof Match.Unclear now ? now.candidates() : open.candidates());
    }

    /** The registry itself has said that the member's record is this one now, and nothing of it was read yet. */
    private static boolean mergedInto(Link link) {
        return link.live() && link.hash().isEmpty() && link.version().equals(RecordVersion.NONE);
    }

    private Match linked(Link link, MemberId member, MemberState state, boolean said) {
        PageSnapshot.AppSide app = members.get(member);
        boolean turned = !said && app != null && Identity.turned(link.agreed(), app.state(), state);
        return turned
                ? new Match.Unclear(
                        Doubt.ANOTHER_PERSON,
                        List.of(new Candidate(
                                member, Set.of(), Optional.of(link.externalId()).filter(id -> link.live()))))
                : new Match.Linked(member);
    }

    private Match found(ExternalId record, MemberState state) {
        List<Candidate> candidates = index.hits(state).entrySet().stream()
                .map(hit -> new Candidate(hit.getKey(), hit.getValue(), index.takenBy(hit.getKey())))
                .filter(candidate -> !toldApart(candidate, state))
                .toList();
        List<Candidate> strong = candidates.stream().filter(Candidate::strong).toList();
        if (strong.size() == 1) {
            return single(record, strong.get(0), state);
        } else if (!strong.isEmpty()) {
            return new Match.Unclear(Doubt.SEVERAL_MEMBERS, strong);
        }
        return candidates.isEmpty() ? new Match.NoOne() : new Match.Unclear(Doubt.WEAK_KEYS_ONLY, candidates);
    }

    private Match decided(MatchDecision decision) {
        if (decision.member().isEmpty()) {
            return new Match.NoOne();
        }
        MemberId member = decision.member().get();
        Candidate chosen = new Candidate(member, Set.of(), index.takenBy(member));
        if (index.state(member).isEmpty()) {
            return new Match.Unclear(Doubt.MEMBER_GONE, List.of(chosen));
        }
        return chosen.takenBy().isPresent()
                ? new Match.Unclear(Doubt.MEMBER_TAKEN, List.of(chosen))
                : new Match.Found(member, "decided by " + decision.by(), true);
    }

    private Match single(ExternalId record, Candidate candidate, MemberState state) {
        if (candidate.takenBy().isPresent()) {
            boolean unsure = index.unsure(candidate.member());
            return new Match.Unclear(unsure ? Doubt.SEVERAL_RECORDS : Doubt.MEMBER_TAKEN, List.of(candidate));
        }
        MatchKey key = candidate.keys().iterator().next();
        MemberState app = index.state(candidate.member()).orElseThrow();
        if (contradicts(key, app, state)) {
            return new Match.Unclear(Doubt.CONTRADICTION, List.of(candidate));
        }
        return claims.alone(record, candidate.member())
                ? new Match.Found(candidate.member(), "found by " + words(key), Identity.confirmed(app, state))
                : new Match.Unclear(Doubt.SEVERAL_RECORDS, List.of(candidate));
    }

    /**
     * Two live records of one registry are two people to it, unless they carry the same number or claim no number. A
     * member that was linked by contact details a moment ago may be the other's, whatever it got from the first.
     */
    private boolean toldApart(Candidate candidate, MemberState state) {
        if (candidate.takenBy().isEmpty() || (candidate.strong() && index.unsure(candidate.member()))) {
            return false;
        }
        MemberState app = index.state(candidate.member()).orElseThrow();
        return !candidate.strong()
                || Identity.differ(MemberField.NATIONAL_ID, app, state)
                || Identity.differ(MemberField.MEMBER_NUMBER, app, state);
    }

    private static boolean contradicts(MatchKey key, MemberState app, MemberState state) {
        if (Identity.differ(MemberField.NATIONAL_ID, app, state)
                || Identity.differ(MemberField.BIRTH_DATE, app, state)
                || Identity.differ(MemberField.MEMBER_NUMBER, app, state)) {
            return true;
        }
        // A member number may be given to the next person, who then has another name.
        boolean sameBirthDate = ComparedForm.of(MemberField.BIRTH_DATE, app).isPresent()
                && ComparedForm.of(MemberField.BIRTH_DATE, state).isPresent();
        return key == MatchKey.MEMBER_NUMBER
                && !sameBirthDate
                && bothAndOther(ComparedForm.name(app), ComparedForm.name(state));
    }

    private static boolean bothAndOther(Optional<String> one, Optional<String> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    private static Optional<MatchKey> strongest(Set<MatchKey> keys) {
        return keys.stream().filter(MatchKey::strong).findFirst();
    }

    private static String words(MatchKey key) {
        return key.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
