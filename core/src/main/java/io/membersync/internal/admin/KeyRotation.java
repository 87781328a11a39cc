package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.audit.AuditKey;
import io.membersync.internal.enrich.Vault;
import io.membersync.internal.erase.ErasureKey;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.secret.UnopenableSecretException;
import io.membersync.setup.Integration;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredEnrichment;
import io.membersync.storage.StoredIntegration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what is stored under the current master key, each secret by itself and only as long as nobody has changed it
 * meanwhile; so it stands in nobody's way, and several nodes may do it at once. Safe for many threads.
 */
public final class KeyRotation {

    /** How often to look whether there is another key. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    // Another node may have sealed something under the old key after this one had gone over it.
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final String ACTOR = "key rotation";
    private static final int AT_ONCE = 500;
    private static final Set<EnrichmentState> HOLDING = EnumSet.of(EnrichmentState.UNVERIFIED, EnrichmentState.PENDING);

    /** The library's own keys, and whom each is sealed for. */
    private static final Map<String, String> OWN =
            Map.of(AuditKey.NAME, AuditKey.OWNER, ErasureKey.NAME, ErasureKey.OWNER);

    private final Storage storage;
    private final SecretSealer sealer;
    private final Vault vault;
    private final InstantSource time;
    private final ListenerPump pump;
    private volatile String done = "";
    private volatile Instant doneAt = Instant.MIN;

    /**
     * Makes a rotation.
     *
     * @param storage where secrets are kept
     * @param sealer seals them
     * @param time the engine's time
     * @param pump who is told
     */
    public KeyRotation(Storage storage, SecretSealer sealer, InstantSource time, ListenerPump pump) {
        this.storage = storage;
        this.sealer = sealer;
        this.vault = new Vault(sealer);
        this.time = time;
        this.pump = pump;
    }

    /** Seals anew when the host has another current key, and now and then. Failures are logged; the next look tries again. */
    public void look() {
        try {
            String current = sealer.currentKeyId();
            Instant now = time.instant();
            if (!current.equals(done) || !now.isBefore(doneAt.plus(AGAIN))) {
                sealAnew(ACTOR);
                done = current;
                doneAt = now;
            }
        } catch (RuntimeException failed) {
            LOG.warn(
                    "Secrets could not be sealed under the current master key: {}",
                    failed.getClass().getName());
        }
    }

    /**
     * Seals everything under the current key.
     *
     * @param actor who has it done
     * @return how many secrets were
     */
    int sealAnew(String actor) {
        // Without it every single secret would be passed over, one by one.
        String current = sealer.currentKeyId();
        Map<OrganizationId, Integer> sealed =
                new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
        for (StoredIntegration stored : integrations()) {
            count(sealed, stored.integration().organization(), carefully(() -> sealAnew(stored)));
        }
        for (StoredEnrichment decision : decisions()) {
            OrganizationId organization = decision.setting().basis().organization();
            count(sealed, organization, carefully(() -> sealAnew(decision)));
            tasks(organization, task -> count(sealed, organization, carefully(() -> sealAnew(task))));
        }
        int own = OWN.entrySet().stream()
                .mapToInt(key -> carefully(() -> sealOwnKey(key.getKey(), key.getValue())))
                .sum();
        sealed.forEach((organization, number) -> record(organization, number, actor));
        int all = sealed.values().stream().mapToInt(Integer::intValue).sum() + own;
        if (all > 0) {
            LOG.info("{} secrets were sealed under the master key '{}'", all, current);
        }
        return all;
    }

    private static void count(Map<OrganizationId, Integer> sealed, OrganizationId organization, int number) {
        if (number > 0) {
            sealed.merge(organization, number, Integer::sum);
        }
    }

    /** A secret whose key is gone, or that was changed meanwhile, keeps no other from being sealed. */
    private static int carefully(Sealing work) {
        try {
            return work.seal();
        } catch (UnopenableSecretException gone) {
            LOG.warn("A secret was not sealed anew: {}", gone.getMessage());
        } catch (StaleVersionException changed) {
            LOG.debug("A secret was changed before it was sealed anew");
        }
        return 0;
    }

    @FunctionalInterface
    private interface Sealing {
        int seal();
    }

    private int sealAnew(StoredIntegration stored) {
        Integration integration = stored.integration();
        Optional<String> credentials =
                sealer.sealedAnew(SealedCredentials.owner(integration), stored.sealedCredentials());
        Optional<String> webhooks = stored.sealedWebhookSecrets()
                .flatMap(text -> sealer.sealedAnew(SealedWebhookSecrets.owner(integration), text));
        if (credentials.isEmpty() && webhooks.isEmpty()) {
            return 0;
        }
        boolean kept = storage.inTransaction(session -> session.settings()
                .sealAnew(
                        stored,
                        credentials.orElse(stored.sealedCredentials()),
                        webhooks.or(stored::sealedWebhookSecrets)));
        return kept ? present(credentials) + present(webhooks) : 0;
    }

    private static int present(Optional<?> value) {
        return value.isPresent() ? 1 : 0;
    }

    private int sealAnew(StoredEnrichment decision) {
        String owner = SecretSealer.hashKeyOwner(decision.setting().basis().organization());
        List<String> keys = new ArrayList<>();
        int anew = 0;
        for (String sealed : decision.sealedKeys()) {
            Optional<String> other = sealer.sealedAnew(owner, sealed);
            anew += present(other);
            keys.add(other.orElse(sealed));
        }
        return anew > 0
                        && storage.inTransaction(
                                session -> session.enrichmentSettings().sealAnew(decision, keys))
                ? anew
                : 0;
    }

    private int sealAnew(EnrichmentTask task) {
        Optional<EnrichmentTask> anew = vault.sealedAnew(task);
        anew.ifPresent(changed -> storage.inTransaction(session -> {
            session.enrichments().save(List.of(changed));
            return true;
        }));
        return present(anew);
    }

    private int sealOwnKey(String name, String owner) {
        Optional<String> before = key(name);
        Optional<String> anew = before.flatMap(text -> sealer.sealedAnew(owner, text));
        return anew.isPresent()
                        && storage.inTransaction(
                                session -> session.keys().replace(name, before.orElseThrow(), anew.get()))
                ? 1
                : 0;
    }

    /** Gives every sealed secret, and every sealed record of a plan, to somebody who counts them. */
    void each(Consumer<String> secret, Consumer<String> staged) {
        for (StoredIntegration stored : integrations()) {
            secret.accept(stored.sealedCredentials());
            stored.sealedWebhookSecrets().ifPresent(secret);
            StagedTexts.each(storage, stored.integration().id(), staged);
        }
        for (StoredEnrichment decision : decisions()) {
            decision.sealedKeys().forEach(secret);
            tasks(
                    decision.setting().basis().organization(),
                    task -> task.contents().sealed().ifPresent(secret));
        }
        OWN.keySet().forEach(name -> key(name).ifPresent(secret));
    }

    private List<StoredIntegration> integrations() {
        return storage.inTransaction(session -> session.settings().list());
    }

    private List<StoredEnrichment> decisions() {
        return storage.inTransaction(session -> session.enrichmentSettings().list());
    }

    private Optional<String> key(String name) {
        return storage.inTransaction(session -> session.keys().find(name));
    }

    private void tasks(OrganizationId organization, Consumer<EnrichmentTask> work) {
        Optional<String> cursor = Optional.empty();
        do {
            Optional<String> from = cursor;
            Slice<EnrichmentTask> slice =
                    storage.inTransaction(session -> session.enrichments().list(organization, HOLDING, from, AT_ONCE));
            slice.items().forEach(work);
            cursor = slice.next();
        } while (cursor.isPresent());
    }

    private void record(OrganizationId organization, int number, String actor) {
        AuditEntry entry = new AuditEntry(
                time.instant(),
                AuditKind.CONFIGURATION,
                organization,
                Optional.empty(),
                Optional.empty(),
                actor,
                Optional.empty(),
                Optional.empty(),
                number + " secrets sealed under the master key '" + sealer.currentKeyId() + "'",
                List.of());
        storage.inTransaction(session -> {
            session.audit().append(List.of(entry));
            return true;
        });
        pump.recorded(List.of(entry));
    }
}
