package io.membersync.connector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Webhooks that a shared token in a header proves, and nothing else. They have no signature, no time and no name of
 * their own, so anybody who has seen one can send it again: what they say is never looked at, and the engine takes them
 * together. For connectors whose registries send that kind; safe for many threads.
 */
public final class TokenWebhooks implements WebhookReader {

    private final String header;

    /**
     * Makes a reader.
     *
     * @param header the header that carries the token, its name in any case
     */
    public TokenWebhooks(String header) {
        this.header = Objects.requireNonNull(header, "header");
    }

    @Override
    public WebhookNotice read(WebhookRequest request, List<WebhookSecret> secrets, Instant now) {
        Optional<String> given = request.header(header);
        if (given.isEmpty()) {
            return new WebhookNotice.Refused("the header with the token is missing or unusable");
        }
        // Hashes are of one length, so that how long it takes tells nothing about the token's.
        byte[] hash = hash(given.get());
        boolean genuine = false;
        for (WebhookSecret secret : secrets) {
            genuine |= MessageDigest.isEqual(hash, hash(secret.reveal()));
        }
        return genuine
                ? new WebhookNotice.Changed(Optional.empty())
                : new WebhookNotice.Refused("the token is another one");
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }
}
