package io.membersync.connector;

import java.time.Instant;
import java.util.List;

/** Tells genuine webhooks from others. Makes no request. Safe for many threads. */
@FunctionalInterface
public interface WebhookReader {

    /**
     * Verifies a webhook before anything in it is parsed.
     *
     * @param request what arrived, within the engine's limit of size
     * @param secrets the secrets that hold now: one, or two while they are changed; any of them proves it
     * @param now the engine's time, to judge the age by
     * @return what it is; never an exception for what a stranger sends
     */
    WebhookNotice read(WebhookRequest request, List<WebhookSecret> secrets, Instant now);
}
