package io.membersync.connector.cornerstone;

import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimit;
import io.membersync.http.RateLimitState;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connector over a gateway that answers from a script: for answers that the simulator never gives. */
class Conversation {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    final Script script = new Script();
    final Connector connector = open(Map.of());

    /** A gateway that answers from a script and keeps what it was asked. */
    static final class Script implements HttpGateway {

        private final Deque<GatewayResponse> answers = new ArrayDeque<>();
        final List<GatewayRequest> requests = new ArrayList<>();

        void next(int status, Map<String, List<String>> headers, String body) {
            byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            answers.add(new GatewayResponse(status, headers, bytes, NOW));
        }

        void next(int status, String body) {
            next(status, Map.of(), body);
        }

        @Override
        public GatewayResponse send(GatewayRequest request) {
            requests.add(request);
            GatewayResponse answer = answers.remove();
            if (answer.status() / 100 != 2 && !request.accepted().contains(answer.status())) {
                throw new RegistryException(Fault.REJECTED, "not accepted: " + answer.status());
            }
            return answer;
        }

        @Override
        public RateLimitState rateLimit() {
            return new RateLimitState(RateLimit.UNLIMITED, 1, Optional.empty());
        }
    }

    Connector open(Map<String, String> settings) {
        return new CornerstoneConnectorFactory()
                .open(new ConnectorContext(
                        IntegrationId.of("nbf"),
                        script,
                        new Credentials.ApiKey("cs_test_1"),
                        settings,
                        InstantSource.fixed(NOW)));
    }

    Page listing(String body) {
        script.next(200, body);
        return connector.fullReader().read(new Cursor("c_1"));
    }

    Page feed(String body) {
        script.next(200, body);
        return connector.deltaReader().orElseThrow().read(new Cursor("f_1"));
    }

    RegistryRecord single(int status, Map<String, List<String>> headers, String body) {
        script.next(status, headers, body);
        return connector
                .singleReader()
                .orElseThrow()
                .read(List.of(ExternalId.of("m_1")))
                .records()
                .get(0);
    }

    WriteReceipt write(FieldPath path, RawValue value) {
        return connector
                .writer()
                .orElseThrow()
                .write(new RegistryWrite(ExternalId.of("m_1"), new RecordVersion("17"), "key-1", Map.of(path, value)));
    }
}
