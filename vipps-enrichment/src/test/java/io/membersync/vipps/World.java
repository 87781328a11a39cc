package io.membersync.vipps;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.enrichment.EnrichmentCase;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentStatistics;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Link;
import io.membersync.secret.KeyProvider;
import io.membersync.secret.KeyProvider.MasterKey;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import io.membersync.testkit.simulator.vipps.VippsSimulator;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A host with a Cornerstone registry, all its members, and Vipps; enrichment is switched on. For one thread. */
final class World implements AutoCloseable {

    static final OrganizationId US = OrganizationId.of("us");
    static final IntegrationId REGISTRY = IntegrationId.of("our-registry");
    static final String NONCE = "nonce-of-this-login";
    static final String PUT = "PUT /members/{id}/nin";
    static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

    final SettableTime time = SettableTime.at(Instant.parse("2026-11-18T10:00:00Z"));
    final VippsSimulator vipps = VippsSimulator.start(time);
    final CornerstoneSimulator registry;
    final Storage storage;
    KeyProvider keys = KeyProvider.random();
    ManualEngine engine;
    VippsEnrichment enrichment;

    final List<String> heard = new CopyOnWriteArrayList<>();

    World(Storage storage) {
        this(storage, 30);
    }

    World(Storage storage, int members) {
        this.storage = storage;
        this.registry = CornerstoneSimulator.builder()
                .members(members)
                .seed(5)
                .time(time)
                .strict(false)
                .start();
        this.engine = newEngine();
        this.enrichment = attached();
        IntegrationDraft draft = IntegrationDraft.of(
                REGISTRY, US, "cornerstone", registry.baseUrl(), new Credentials.ApiKey(registry.apiKey()));
        engine.host().integrations().add(draft);
        engine.fullSync(REGISTRY);
        registry.requests().clear();
    }

    static World open() {
        return new World(new InMemoryStorage()).switchedOn();
    }

    World switchedOn() {
        engine.host().enrichments().activate(new EnrichmentBasis(US, "Certain identification", "Law, § 1", OSLO));
        engine.tick();
        return this;
    }

    private ManualEngine newEngine() {
        return ManualEngine.builder(storage)
                .time(time)
                .keys(keys)
                .with(builder -> builder.onAudit(entry -> heard.add(entry + entry.summary() + entry.changes()))
                        .onSync(event -> heard.add(event.toString())))
                .build();
    }

    private VippsEnrichment attached() {
        return VippsEnrichment.on(engine.engine(), IdentityProfile.vippsAt(vipps.origin(), vipps.clientId()));
    }

    /** Lets what happens from now on be sealed with another master key; the old one still opens what it sealed. */
    void rotateMasterKey() {
        MasterKey next = KeyProvider.random().current();
        KeyProvider before = keys;
        keys = new KeyProvider() {
            @Override
            public MasterKey current() {
                return new MasterKey("next", next.reveal());
            }

            @Override
            public Optional<MasterKey> find(String id) {
                return id.equals("next") ? Optional.of(current()) : before.find(id);
            }
        };
        restart();
    }

    /** Ends the engine, as the end of the process does, and starts another. */
    void restart() {
        engine.close();
        engine = newEngine();
        enrichment = attached();
    }

    /** The records that hold no number, by id. */
    List<String> without() {
        return registry.members()
                .filter(member -> member.text("/hasNin").orElse("").equals("false"))
                .map(member -> member.id())
                .toList();
    }

    MemberId member(String record) {
        return member(storage, REGISTRY, record);
    }

    static MemberId member(Storage storage, IntegrationId integration, String record) {
        ExternalId id = ExternalId.of(record);
        Map<ExternalId, Link> links =
                storage.inTransaction(session -> session.links().load(integration, List.of(id)));
        return Objects.requireNonNull(links.get(id), "a link").member().orElseThrow();
    }

    /** A person logs in, and the host has fetched the user information. */
    EnrichmentAnswer logIn(String record, VippsPerson person) {
        return logIn(record, vipps.logIn(person, NONCE, TokenFault.NONE));
    }

    EnrichmentAnswer logIn(String record, IssuedLogin login) {
        return enrichment.onLogin(
                Caller.host(), member(record), VippsLogin.of(login.idToken(), Json.object(login.userinfo())), NONCE);
    }

    /** A person logs in, and the user information is still to be fetched. */
    EnrichmentAnswer logInShortly(String record, VippsPerson person) {
        IssuedLogin login = vipps.logIn(person, NONCE, TokenFault.NONE);
        return enrichment.onLogin(
                Caller.host(), member(record), VippsLogin.of(login.idToken(), login.accessToken()), NONCE);
    }

    /** Lets the engine work until something holds. */
    void until(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    engine.tick();
                    return condition.getAsBoolean();
                });
    }

    void untilStateOf(String record, EnrichmentState state) {
        until(() -> task(record).filter(task -> task.state() == state).isPresent());
    }

    /** Lets the engine work until nothing waits. */
    void untilQuiet() {
        until(() -> statistics().waiting() == 0);
    }

    /** What is known of a member; where nothing is, the login that is open. */
    Optional<EnrichmentTask> task(String record) {
        return tasks(record).stream().min(Comparator.comparing(EnrichmentTask::open));
    }

    /** What is known of a member, and the login that is open. */
    List<EnrichmentTask> tasks(String record) {
        MemberId member = member(record);
        return storage.inTransaction(session -> session.enrichments().load(member));
    }

    EnrichmentStatistics statistics() {
        return engine.host().enrichments().statistics(US).orElseThrow();
    }

    List<EnrichmentCase> cases() {
        return engine.host().enrichments().cases(US, Optional.empty(), 1_000).items();
    }

    List<AuditEntry> audit() {
        return engine.host()
                .audit()
                .find(AuditQuery.of(US).only(AuditKind.ENRICHMENT))
                .items();
    }

    long writes() {
        return registry.requests().count(PUT);
    }

    boolean holds(String record, String number) {
        return registry.room().holdsNationalId(record, number);
    }

    @Override
    public void close() {
        engine.close();
        vipps.close();
        registry.close();
    }

    /** Reads JSON as an OpenID client does. */
    static final class Json {

        private Json() {}

        static Map<String, Object> object(String json) {
            try {
                return com.nimbusds.jose.util.JSONObjectUtils.parse(json);
            } catch (java.text.ParseException e) {
                throw new IllegalArgumentException("not JSON");
            }
        }
    }
}
