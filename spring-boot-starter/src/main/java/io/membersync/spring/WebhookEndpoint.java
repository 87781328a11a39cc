package io.membersync.spring;

import io.membersync.MemberSyncEngine;
import io.membersync.connector.WebhookAnswer;
import io.membersync.connector.WebhookRequest;
import io.membersync.model.IntegrationId;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes webhooks in, one address for each integration, and answers as the engine says. A body that is announced or turns
 * out to be larger than any webhook is not read to its end. Safe for many threads.
 */
@RestController
class WebhookEndpoint {

    private static final int LARGEST = 256 * 1024;

    private final MemberSyncEngine engine;

    WebhookEndpoint(MemberSyncEngine engine) {
        this.engine = engine;
    }

    @PostMapping("${membersync.webhooks.path:/membersync/webhooks}/{integration}")
    ResponseEntity<Void> receive(@PathVariable String integration, @RequestHeader HttpHeaders headers, InputStream body)
            throws IOException {
        if (headers.getContentLength() > LARGEST) {
            return answer(WebhookAnswer.TOO_LARGE);
        }
        Map<String, List<String>> named = new HashMap<>();
        headers.forEach(named::put);
        WebhookRequest request = new WebhookRequest(named, body.readNBytes(LARGEST + 1));
        return answer(receive(integration, request));
    }

    private WebhookAnswer receive(String integration, WebhookRequest request) {
        IntegrationId id;
        try {
            id = IntegrationId.of(integration);
        } catch (IllegalArgumentException noId) {
            // Like an integration that does not exist: a stranger learns nothing.
            return WebhookAnswer.REFUSED;
        }
        return engine.receive(id, request);
    }

    private static ResponseEntity<Void> answer(WebhookAnswer answer) {
        return ResponseEntity.status(answer.status()).build();
    }
}
