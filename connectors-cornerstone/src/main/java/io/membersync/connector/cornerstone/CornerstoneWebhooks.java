package io.membersync.connector.cornerstone;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.connector.StandardWebhooks;
import io.membersync.connector.WebhookNotice;
import io.membersync.connector.WebhookReader;
import io.membersync.connector.WebhookRequest;
import io.membersync.connector.WebhookSecret;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Cornerstone's webhooks: thin bodies, signed by <i>Standard Webhooks</i>. Only their type is read; what has changed is
 * read from the change feed.
 */
final class CornerstoneWebhooks implements WebhookReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String TYPE = "type";
    private static final String TRIAL = "webhook.test";

    @Override
    public WebhookNotice read(WebhookRequest request, List<WebhookSecret> secrets, Instant now) {
        Optional<String> fault = StandardWebhooks.fault(request, secrets, now);
        if (fault.isPresent()) {
            return new WebhookNotice.Refused(fault.get());
        }
        try {
            // A type that we do not know is a hint too: the feed tells what it was.
            return type(request.body()).filter(TRIAL::equals).isPresent()
                    ? new WebhookNotice.Trial()
                    : new WebhookNotice.Changed(request.header(StandardWebhooks.ID));
        } catch (IOException notJson) {
            return new WebhookNotice.Refused("its body is not the JSON that was agreed");
        }
    }

    private static Optional<String> type(byte[] body) throws IOException {
        try (JsonParser in = JSON.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if (name.equals(TYPE) && value == JsonToken.VALUE_STRING) {
                    return Optional.of(in.getText());
                }
                in.skipChildren();
            }
            return Optional.empty();
        }
    }
}
