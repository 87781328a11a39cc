package io.membersync.internal.admin;

import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.storage.PlanItem;
import io.membersync.storage.Storage;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What plans keep sealed of records, as long as anything may still come of them. */
final class StagedTexts {

    private static final Set<PlanState> ALIVE = EnumSet.of(PlanState.GATHERING, PlanState.WAITING, PlanState.APPROVED);
    private static final int AT_ONCE = 1_000;

    private StagedTexts() {}

    /** Gives all of an integration's to somebody. */
    static void each(Storage storage, IntegrationId integration, Consumer<String> work) {
        Optional<String> cursor = Optional.empty();
        do {
            Optional<String> from = cursor;
            Slice<Plan> plans =
                    storage.inTransaction(session -> session.plans().list(integration, ALIVE, from, AT_ONCE));
            plans.items().forEach(plan -> items(storage, plan.id(), work));
            cursor = plans.next();
        } while (cursor.isPresent());
    }

    private static void items(Storage storage, PlanId plan, Consumer<String> work) {
        Optional<String> cursor = Optional.empty();
        do {
            Optional<String> from = cursor;
            Slice<PlanItem> items =
                    storage.inTransaction(session -> session.plans().items(plan, from, AT_ONCE));
            items.items().forEach(item -> item.sealed().ifPresent(work));
            cursor = items.next();
        } while (cursor.isPresent());
    }
}
