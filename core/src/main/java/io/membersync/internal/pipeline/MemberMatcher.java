package io.membersync.internal.pipeline;

import io.membersync.matching.Match;
import io.membersync.plan.Link;
import java.util.Optional;

/** Step 5: says whom a record belongs to. A link decides alone; where there is none, nobody has the record yet. */
final class MemberMatcher {

    private MemberMatcher() {}

    /**
     * Matches a record.
     *
     * @param link the record's link as the plan so far leaves it, if there is one
     */
    static Match match(Optional<Link> link) {
        return link.flatMap(Link::member).<Match>map(Match.Linked::new).orElseGet(Match.NoOne::new);
    }
}
