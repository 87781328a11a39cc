package io.membersync.internal.run;

import io.membersync.conflict.Decision;
import io.membersync.conflict.RuleSet;
import io.membersync.internal.pipeline.BatchPlanner;
import io.membersync.internal.pipeline.PageSnapshot;
import io.membersync.model.ExternalId;
import io.membersync.plan.Link;
import io.membersync.setup.Integration;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One linked member as a sync would see it now, without reading the registry.
 *
 * @param link its link
 * @param snapshot what is known of it
 * @param decisions what would be decided of its fields, by key; none when the record or the member is gone
 */
public record MemberView(Link link, PageSnapshot snapshot, List<Decision> decisions) {

    /**
     * Looks at a record.
     *
     * @param storage where everything is kept
     * @param session the transaction
     * @param integration the integration
     * @param rules the conflict rules in force
     * @param id the registry's id
     * @param now the time
     * @return the view; nothing when the record is not linked
     */
    public static Optional<MemberView> of(
            Storage storage, Session session, Integration integration, RuleSet rules, ExternalId id, Instant now) {
        Batch batch = new Batch(now);
        batch.edited(List.of(id));
        PageSnapshot snapshot = new SnapshotLoader(storage, integration, rules)
                .load(session, batch, now)
                .snapshot();
        return Optional.ofNullable(snapshot.links().get(id))
                .map(link -> new MemberView(
                        link,
                        snapshot,
                        new BatchPlanner(
                                        integration.mapping(),
                                        integration.scope(),
                                        false,
                                        integration.safeguards().leavers())
                                .decisions(id, snapshot)));
    }
}
