package io.membersync.internal.receive;

import io.membersync.connector.Connector;
import io.membersync.connector.WebhookAnswer;
import io.membersync.connector.WebhookNotice;
import io.membersync.connector.WebhookReader;
import io.membersync.connector.WebhookRequest;
import io.membersync.connector.WebhookSecret;
import io.membersync.internal.admin.ConnectorOpener;
import io.membersync.model.IntegrationId;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a webhook in: bounds it, verifies it, stores that it came, answers. Asks no registry. Why one was refused is
 * logged and not told, so that a stranger learns nothing. Safe for many threads.
 */
public final class WebhookIntake {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookIntake.class);
    private static final int LARGEST = 256 * 1024;
    private static final int LONGEST_DELIVERY_ID = 250;

    private final Storage storage;
    private final ConnectorOpener opener;
    private final InstantSource time;

    /**
     * Makes an intake.
     *
     * @param storage where deliveries are kept
     * @param opener opens connectors and secrets
     * @param time the engine's time
     */
    public WebhookIntake(Storage storage, ConnectorOpener opener, InstantSource time) {
        this.storage = storage;
        this.opener = opener;
        this.time = time;
    }

    /**
     * Takes a webhook in.
     *
     * @param integration whose address it came to
     * @param request what came
     * @return what to answer; nothing is thrown for what a stranger sends
     */
    public WebhookAnswer receive(IntegrationId integration, WebhookRequest request) {
        if (request.length() > LARGEST) {
            LOG.info("Webhook for {} refused: {} bytes", integration, request.length());
            return WebhookAnswer.TOO_LARGE;
        }
        try {
            WebhookNotice notice = verified(integration, request);
            if (notice instanceof WebhookNotice.Refused refused) {
                LOG.info("Webhook for {} refused: {}", integration, refused.why());
                return WebhookAnswer.REFUSED;
            }
            return notice instanceof WebhookNotice.Changed changed ? store(integration, changed) : WebhookAnswer.TRIED;
        } catch (RuntimeException failed) {
            // The sender repeats it; and where it does not, the next scheduled sync finds the change.
            LOG.warn("Webhook for {} could not be taken in", integration, failed);
            return WebhookAnswer.TRY_AGAIN;
        }
    }

    private WebhookNotice verified(IntegrationId integration, WebhookRequest request) {
        Optional<StoredIntegration> stored =
                storage.inTransaction(session -> session.settings().find(integration));
        if (stored.isEmpty()) {
            return new WebhookNotice.Refused("there is no such integration");
        }
        if (!stored.get().integration().timetable().enabled()) {
            return new WebhookNotice.Refused("the integration is disabled");
        }
        List<WebhookSecret> secrets = opener.webhookSecrets(stored.get());
        if (secrets.isEmpty()) {
            return new WebhookNotice.Refused("the integration has no webhook secret");
        }
        try (Connector connector = opener.open(stored.get())) {
            Optional<WebhookReader> reader = connector.webhooks();
            return reader.isPresent()
                    ? reader.get().read(request, secrets, time.instant())
                    : new WebhookNotice.Refused("the member system sends none");
        }
    }

    private WebhookAnswer store(IntegrationId integration, WebhookNotice.Changed changed) {
        Instant now = time.instant();
        Optional<String> name = changed.deliveryId().filter(id -> id.length() <= LONGEST_DELIVERY_ID);
        if (name.isPresent()) {
            boolean added = storage.inTransaction(session -> session.inbox().add(integration, name.get(), now));
            return added ? WebhookAnswer.ACCEPTED : WebhookAnswer.KNOWN;
        }
        // Nothing tells one without a name from its repetition, so one that waits stands for all.
        return storage.inTransaction(session -> {
            if (!session.inbox().untaken(integration)) {
                session.inbox().add(integration, UUID.randomUUID().toString(), now);
            }
            return WebhookAnswer.ACCEPTED;
        });
    }
}
