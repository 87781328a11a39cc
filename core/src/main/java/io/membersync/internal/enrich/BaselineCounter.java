package io.membersync.internal.enrich;

import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.NationalIdWriter;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.MemberSyncException;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.model.OrganizationId;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredEnrichment;
import io.membersync.storage.StoredEnrichment.Baseline;
import io.membersync.storage.StoredIntegration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how many members have no number when an organization activates enrichment: one listing of each of its
 * registries, some seconds after the decision. Safe for many threads.
 */
public final class BaselineCounter {

    /** How often to look. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(BaselineCounter.class);

    private final Storage storage;
    private final Function<StoredIntegration, Connector> opener;

    /**
     * Makes a counter.
     *
     * @param storage where decisions are
     * @param opener opens the way to an integration's registry
     */
    public BaselineCounter(Storage storage, Function<StoredIntegration, Connector> opener) {
        this.storage = storage;
        this.opener = opener;
    }

    /** Looks once. Failures are logged: the next look tries again. */
    public void look() {
        try {
            List<StoredEnrichment> decisions = storage.inTransaction(
                    session -> session.enrichmentSettings().list());
            decisions.stream()
                    .filter(decision ->
                            decision.setting().on() && decision.baseline().isEmpty())
                    .map(decision -> decision.setting().basis().organization())
                    .forEach(this::count);
        } catch (MemberSyncException failed) {
            LOG.warn("Members without a personnummer could not be counted: {}", failed.getMessage());
        }
    }

    private void count(OrganizationId organization) {
        List<StoredIntegration> integrations =
                storage.inTransaction(session -> session.settings().list());
        Baseline sum = new Baseline(0, OptionalLong.of(0));
        for (StoredIntegration stored : integrations) {
            if (stored.integration().organization().equals(organization)
                    && stored.integration().hasSystem()) {
                Optional<Baseline> counted = count(stored);
                if (counted.isEmpty()) {
                    return;
                }
                sum = plus(sum, counted.get());
            }
        }
        Baseline all = sum;
        storage.inTransaction(session -> {
            session.enrichmentSettings().counted(organization, all);
            return true;
        });
    }

    private static Baseline plus(Baseline one, Baseline other) {
        boolean known = one.missing().isPresent() && other.missing().isPresent();
        return new Baseline(
                one.members() + other.members(),
                known
                        ? OptionalLong.of(
                                one.missing().getAsLong() + other.missing().getAsLong())
                        : OptionalLong.empty());
    }

    /** Counts one registry; nothing where its listing did not come to its end. */
    private Optional<Baseline> count(StoredIntegration stored) {
        try (Connector connector = opener.apply(stored)) {
            Optional<FieldPath> heldAt = connector.nationalIds().flatMap(NationalIdWriter::heldAt);
            long members = 0;
            long missing = 0;
            Page page = connector.fullReader().read(Cursor.START);
            for (; ; page = connector.fullReader().read(page.next().orElseThrow())) {
                for (RegistryRecord record : page.records()) {
                    if (record instanceof RegistryRecord.Present present) {
                        members++;
                        missing += heldAt.filter(path -> !holds(present, path)).isPresent() ? 1 : 0;
                    }
                }
                if (page.ending() != Page.Ending.MORE) {
                    break;
                }
            }
            if (page.ending() != Page.Ending.COMPLETE) {
                return Optional.empty();
            }
            return Optional.of(
                    new Baseline(members, heldAt.isPresent() ? OptionalLong.of(missing) : OptionalLong.empty()));
        }
    }

    private static boolean holds(RegistryRecord.Present record, FieldPath path) {
        return record.body().read(path) instanceof RawValue.Bool flag && flag.on();
    }
}
