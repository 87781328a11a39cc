package io.membersync.conflict;

import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A difference that waits for a person. At most one is open for each membership and field. Immutable; {@code toString}
 * shows no values.
 *
 * @param integration the integration
 * @param member the host's member
 * @param externalId the registry's id
 * @param field the field
 * @param app the app's value
 * @param agreed the value last agreed on, where there is one
 * @param registry the registry's value
 * @param why why a person is asked
 * @param openedAt when it was opened
 * @param changedAt when one of its values last changed
 * @param revision rises with each change; refuses a decision on an outdated view
 */
public record Conflict(
        IntegrationId integration,
        MemberId member,
        ExternalId externalId,
        MemberField field,
        FieldValue app,
        Optional<FieldValue> agreed,
        FieldValue registry,
        String why,
        Instant openedAt,
        Instant changedAt,
        long revision) {

    /** Refuses nulls. */
    public Conflict {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(agreed, "agreed");
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(openedAt, "openedAt");
        Objects.requireNonNull(changedAt, "changedAt");
    }

    /** {@return integration, member and field, never the values} */
    @Override
    public String toString() {
        return "Conflict[" + integration + ", " + member + ", " + field + "]";
    }
}
