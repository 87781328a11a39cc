package io.membersync.internal.run;

import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.ExternalId;
import io.membersync.run.PlanId;
import io.membersync.setup.Integration;
import io.membersync.storage.PlanItem;
import io.membersync.storage.StagedRecord;
import io.membersync.storage.StoredText;
import java.util.Optional;

/**
 * Seals what a plan keeps of a record, bound to organization, integration, plan and record, so that a ciphertext moved
 * elsewhere stays closed. Safe for many threads.
 *
 * @param sealer seals
 * @param integration whose plans
 */
public record PlanSeal(SecretSealer sealer, Integration integration) {

    String seal(PlanId plan, ExternalId id, StagedRecord staged) {
        return sealer.seal(owner(plan, id), StoredText.staged(staged));
    }

    /**
     * Opens what an item keeps.
     *
     * @param plan the plan
     * @param item one of its items
     * @return the record and its changes; empty for one that only waits with another
     */
    public Optional<StagedRecord> open(PlanId plan, PlanItem item) {
        return item.sealed().map(text -> StoredText.staged(sealer.open(owner(plan, item.externalId()), text)));
    }

    private String owner(PlanId plan, ExternalId id) {
        return String.join(
                "\n",
                "plan",
                integration.organization().value(),
                integration.id().value(),
                plan.value(),
                id.value());
    }
}
