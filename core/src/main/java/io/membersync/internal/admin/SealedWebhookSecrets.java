package io.membersync.internal.admin;

import io.membersync.connector.WebhookSecret;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.setup.Integration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Webhook secrets at rest: bound to organization and integration, so that a ciphertext moved elsewhere stays closed. */
final class SealedWebhookSecrets {

    private static final String BETWEEN = "\n";

    private SealedWebhookSecrets() {}

    static Optional<String> seal(SecretSealer sealer, Integration integration, List<WebhookSecret> secrets) {
        return secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(sealer.seal(
                        owner(integration),
                        secrets.stream().map(WebhookSecret::reveal).collect(Collectors.joining(BETWEEN))));
    }

    static List<WebhookSecret> open(SecretSealer sealer, Integration integration, Optional<String> sealed) {
        return sealed.map(text -> sealer.open(owner(integration), text)
                        .lines()
                        .map(WebhookSecret::new)
                        .toList())
                .orElse(List.of());
    }

    /** Whom an integration's secrets of webhooks are sealed for. */
    static String owner(Integration integration) {
        return String.join(
                BETWEEN,
                "webhooks",
                integration.organization().value(),
                integration.id().value());
    }
}
