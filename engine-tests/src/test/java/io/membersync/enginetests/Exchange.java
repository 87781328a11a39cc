package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.connector.WebhookRequest;
import io.membersync.connector.WebhookSecret;
import io.membersync.http.RetryPolicy;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.Link;
import io.membersync.plan.MassChangeLimits;
import io.membersync.plan.Safeguards;
import io.membersync.run.Run;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.LinkMark;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.engine.SettableTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A registry of any kind, a host with an address for webhooks, and the engine between them. For one thread. */
final class Exchange implements AutoCloseable {

    static final IntegrationId INTEGRATION = IntegrationId.of("exchange");

    private static final Duration STEP = Duration.ofSeconds(2);
    private static final Duration GATHERED = Duration.ofSeconds(12);
    private static final Duration LATER = Duration.ofSeconds(61);
    private static final int MANY = 1_000_000;

    private final RegistrySide registry;
    private final HostSide host;
    private final SettableTime time;
    private final ManualEngine engine;
    private final HttpServer server;

    private Exchange(RegistrySide registry, HostSide host, SettableTime time, ManualEngine engine) {
        this.registry = registry;
        this.host = host;
        this.time = time;
        this.engine = engine;
        this.server = listening(engine);
    }

    private static HttpServer listening(ManualEngine engine) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/hooks", exchange -> {
                WebhookRequest request = new WebhookRequest(
                        exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
                exchange.sendResponseHeaders(
                        engine.receive(INTEGRATION, request).status(), -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts one whose first full sync is done; one rule decides all conflicts of contact details. */
    static Exchange start(RegistryKind kind, HostSide host, Rule rule) {
        SettableTime time = SettableTime.create();
        RegistrySide registry = kind.start(time);
        ManualEngine engine = ManualEngine.builder(host.storage())
                .time(time)
                .with(options -> options.retries(RetryPolicy.NONE).manualInterval(Duration.ZERO))
                .build();
        Map<String, Rule> rules =
                RegistrySide.EDITED.stream().collect(Collectors.toMap(MemberField::key, field -> rule));
        IntegrationDraft draft = IntegrationDraft.of(
                        INTEGRATION,
                        HostSide.ORGANIZATION,
                        registry.system(),
                        registry.endpoint(),
                        registry.credentials())
                .mapping(registry.mapping())
                .rules(new RuleSet(Map.of(), rules))
                // Hundreds of random changes of a few dozen members are a mass change.
                .safeguards(Safeguards.STANDARD.limits(MassChangeLimits.NONE));
        for (Map.Entry<String, String> setting : registry.settings().entrySet()) {
            draft = draft.setting(setting.getKey(), setting.getValue());
        }
        engine.host().integrations().add(draft);
        Exchange started = new Exchange(registry, host, time, engine);
        started.full();
        return started;
    }

    RegistrySide registry() {
        return registry;
    }

    ManualEngine engine() {
        return engine;
    }

    SettableTime time() {
        return time;
    }

    Run full() {
        time.advance(STEP);
        return Scene.completed(engine.fullSync(INTEGRATION));
    }

    /** The next sync decides what comes in and what goes out. */
    Run delta() {
        time.advance(STEP);
        return Scene.completed(engine.deltaSync(INTEGRATION));
    }

    void deliver() {
        time.advance(STEP);
        engine.tick();
    }

    /** Long enough for whatever failed to be tried again. */
    void later() {
        time.advance(LATER);
        engine.tick();
    }

    /** {@return the runs that the webhooks that came before started} */
    List<Run> gathered() {
        time.advance(GATHERED);
        return engine.tick();
    }

    URI hooks() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks");
    }

    void secrets(String... secrets) {
        engine.host()
                .integrations()
                .webhookSecrets(
                        INTEGRATION,
                        List.of(secrets).stream().map(WebhookSecret::new).toList());
    }

    /** {@return what sends webhooks for all changes since the last time} */
    Supplier<List<Integer>> webhooks() {
        secrets(registry.secret());
        return registry.webhooks(hooks(), registry.secret());
    }

    Map<String, Link> links() {
        return host.storage().inTransaction(session -> {
            List<ExternalId> ids = session.links().marks(INTEGRATION, Optional.empty(), Optional.empty(), MANY).stream()
                    .filter(LinkMark::live)
                    .map(LinkMark::externalId)
                    .toList();
            Map<String, Link> links = new TreeMap<>();
            session.links().load(INTEGRATION, ids).values().stream()
                    .filter(Link::live)
                    .forEach(link -> links.put(link.externalId().value(), link));
            return links;
        });
    }

    /** Forgets all webhooks that were read, and says how many were stored. */
    int forgottenWebhooks() {
        return host.storage().inTransaction(session -> session.inbox().forget(time.instant()));
    }

    private MemberId member(String id) {
        return Optional.ofNullable(links().get(id)).flatMap(Link::member).orElseThrow();
    }

    /** {@return the linked members' rows, by the registry's id} */
    Map<String, SortedMap<String, String>> rows() {
        Map<MemberId, SortedMap<String, String>> all = host.rows();
        Map<String, SortedMap<String, String>> rows = new TreeMap<>();
        links().forEach((id, link) -> rows.put(
                id, Optional.ofNullable(all.get(link.member().orElseThrow())).orElseThrow()));
        return rows;
    }

    SortedMap<String, String> row(String id) {
        return Optional.ofNullable(rows().get(id)).orElseThrow();
    }

    /** Edits a member in the host and announces it, in one transaction of the host's. */
    void edit(String id, MemberField field, FieldValue value) {
        time.advance(STEP);
        MemberId member = member(id);
        host.inTransaction(true, () -> {
            host.edit(member, Map.of(field, value));
            engine.host().edits().announce(member);
        });
    }

    void edit(String id, MemberField field, String value) {
        edit(id, field, FieldValue.text(value));
    }

    void say(String id, MemberField field, String value) {
        time.advance(STEP);
        registry.say(id, field, value);
    }

    long writes() {
        return registry.requests().count(registry.write());
    }

    List<OutboxEntry> outbox() {
        return engine.host().outbox().list(INTEGRATION, Optional.empty(), 1_000).items();
    }

    List<Conflict> conflicts() {
        return engine.host()
                .conflicts()
                .open(INTEGRATION, Optional.empty(), 1_000)
                .items();
    }

    List<AuditEntry> written() {
        return engine.host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.REGISTRY_UPDATED))
                .items();
    }

    /** {@return some ids of members whose addresses are not protected} */
    List<String> ids(int count) {
        return registry.rows().entrySet().stream()
                .filter(row -> "false".equals(row.getValue().get("protectedAddress")))
                .filter(row -> "ACTIVE".equals(row.getValue().get("status")))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    void assertHostHoldsWhatTheRegistryHolds(String when) {
        Rows.assertSame(when, rows(), registry.rows());
    }

    /** Nothing is left to do: two syncs of each kind and deliveries change nothing on either side. */
    void assertQuiet() {
        assertThat(outbox()).isEmpty();
        long writes = writes();
        Map<String, Link> links = links();
        Map<String, SortedMap<String, String>> rows = rows();
        Map<String, SortedMap<String, String>> there = registry.rows();
        for (int i = 0; i < 2; i++) {
            assertThat(delta().counts().updated()).isZero();
            later();
            assertThat(full().counts().updated()).isZero();
            later();
        }
        Rows.assertSame("the host, when nothing is left to do", rows(), rows);
        Rows.assertSame("the registry, when nothing is left to do", registry.rows(), there);
        assertThat(links()).isEqualTo(links);
        assertThat(writes()).isEqualTo(writes);
        assertThat(outbox()).isEmpty();
        registry.assertRulesKept();
    }

    @Override
    public void close() {
        server.stop(0);
        engine.close();
        registry.close();
    }
}
