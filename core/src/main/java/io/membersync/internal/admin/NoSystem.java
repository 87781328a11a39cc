package io.membersync.internal.admin;

import io.membersync.connector.SystemType;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.IntegrationDraft;
import java.util.List;

/** What holds of an organization that has no member system. */
final class NoSystem {

    static final String REASON = "The organization has no member system: there is nothing to synchronize with";

    private NoSystem() {}

    static boolean is(IntegrationDraft draft) {
        return SystemType.NONE.id().equals(draft.system());
    }

    /** Whatever is filled in beside the choice itself is a misunderstanding. */
    static void violations(IntegrationDraft draft, List<Violation> found) {
        if (draft.endpoint() != null && !draft.endpoint().equals(IntegrationDraft.NOWHERE)) {
            found.add(superfluous("endpoint"));
        }
        if (draft.credentials() != null && !(draft.credentials() instanceof Credentials.None)) {
            found.add(superfluous("credentials"));
        }
        if (draft.settings() != null && !draft.settings().isEmpty()) {
            found.add(superfluous("settings"));
        }
        if (draft.schedule() != null && !draft.schedule().equals(SyncSchedule.MANUAL_ONLY)) {
            found.add(superfluous("schedule"));
        }
        if (draft.mapping() != null && !draft.mapping().mappings().isEmpty()) {
            found.add(superfluous("mapping"));
        }
    }

    private static Violation superfluous(String field) {
        return new Violation(field, "has no place where there is no member system: use IntegrationDraft.none");
    }

    static RegistryException failure() {
        return new RegistryException(Fault.REJECTED, REASON)
                .advising("Nothing needs to be done, unless the organization gets a member system.");
    }
}
