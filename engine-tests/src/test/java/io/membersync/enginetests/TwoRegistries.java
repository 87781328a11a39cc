package io.membersync.enginetests;

import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.http.Credentials;
import io.membersync.http.RetryPolicy;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.MassChangeLimits;
import io.membersync.plan.Safeguards;
import io.membersync.run.Run;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One person, who is a member of two organizations with a registry each, or whom one organization has in two registries.
 * E-mail address and phone travel both ways. For one thread.
 */
final class TwoRegistries implements AutoCloseable {

    static final IntegrationId FIRST = IntegrationId.of("first");
    static final IntegrationId SECOND = IntegrationId.of("second");
    static final OrganizationId OTHER = OrganizationId.of("another");
    static final String FIRST_PHONE = "+4791111111";
    static final String SECOND_PHONE = "+4792222222";

    private final HostSide host;
    private final OrganizationId second;
    private final SettableTime time = SettableTime.create();
    private final CornerstoneSimulator first;
    private final CornerstoneSimulator other;
    private final ManualEngine engine;
    private final String firstRecord;
    private final String secondRecord;

    /** Both registries have the person; the first is synchronized first. */
    TwoRegistries(HostSide host, OrganizationId second, Rule rule) {
        this.host = host;
        this.second = second;
        this.first = CornerstoneSimulator.builder().time(time).members(0).start();
        this.other = CornerstoneSimulator.builder().time(time).members(0).start();
        this.engine = ManualEngine.builder(host.storage())
                .time(time)
                .with(options -> options.retries(RetryPolicy.NONE).manualInterval(Duration.ZERO))
                .build();
        add(FIRST, HostSide.ORGANIZATION, first, rule);
        add(SECOND, second, other, rule);
        this.firstRecord = first.create(kari("kari@example.org", FIRST_PHONE, "ACTIVE"));
        full(FIRST);
        if (!second.equals(HostSide.ORGANIZATION)) {
            // The host knows that it is one person before the second registry is read.
            ((InMemoryStorage) host.storage()).edit(member(), second, MemberState.empty());
        }
        this.secondRecord = other.create(kari("kari@example.org", SECOND_PHONE, "LAPSED"));
        full(SECOND);
    }

    private void add(IntegrationId id, OrganizationId organization, CornerstoneSimulator registry, Rule rule) {
        engine.host()
                .integrations()
                .add(IntegrationDraft.of(
                                id,
                                organization,
                                "cornerstone",
                                registry.baseUrl(),
                                new Credentials.ApiKey(registry.apiKey()))
                        .mapping(TwoWay.mapping())
                        .rules(new RuleSet(Map.of(), Map.of("email", rule, "mobile", rule)))
                        .safeguards(Safeguards.STANDARD.limits(MassChangeLimits.NONE)));
    }

    private static String kari(String email, String mobile, String status) {
        return """
                {"memberNumber": null, "person": {"firstName": "Kari", "lastName": "Li", "birthDate": "1971-02-03"},
                 "contact": {"email": "%s", "mobile": "%s"}, "membership": {"status": "%s"}}
                """.formatted(email, mobile, status);
    }

    HostSide host() {
        return host;
    }

    ManualEngine engine() {
        return engine;
    }

    SettableTime time() {
        return time;
    }

    CornerstoneSimulator registry(IntegrationId integration) {
        return integration.equals(FIRST) ? first : other;
    }

    OrganizationId organization(IntegrationId integration) {
        return integration.equals(FIRST) ? HostSide.ORGANIZATION : second;
    }

    String record(IntegrationId integration) {
        return integration.equals(FIRST) ? firstRecord : secondRecord;
    }

    MemberId member() {
        return member(FIRST, firstRecord).orElseThrow();
    }

    Optional<MemberId> member(IntegrationId integration, String record) {
        ExternalId id = ExternalId.of(record);
        return Optional.ofNullable(host.storage()
                        .inTransaction(session -> session.links().load(integration, List.of(id)))
                        .get(id))
                .flatMap(link -> link.member());
    }

    Run full(IntegrationId integration) {
        time.advance(Duration.ofMinutes(1));
        return Scene.completed(engine.fullSync(integration));
    }

    Run delta(IntegrationId integration) {
        time.advance(Duration.ofMinutes(1));
        return Scene.completed(engine.deltaSync(integration));
    }

    /** Both are synchronized by their feeds, and what goes out is delivered, until nothing is left to do. */
    void settle() {
        for (int i = 0; i < 3; i++) {
            delta(FIRST);
            delta(SECOND);
            time.advance(Duration.ofSeconds(61));
            engine.tick();
        }
    }

    void says(IntegrationId integration, String patch) {
        time.advance(Duration.ofMinutes(1));
        registry(integration).update(record(integration), patch);
    }

    void phone(IntegrationId integration, String phone) {
        says(integration, "{\"contact\":{\"mobile\":\"" + phone + "\"}}");
    }

    String phone(IntegrationId integration) {
        return registry(integration)
                .member(record(integration))
                .orElseThrow()
                .text("/contact/mobile")
                .orElse("");
    }

    /** {@return the person's row, as the first organization has it} */
    SortedMap<String, String> row() {
        return Optional.ofNullable(host.rows().get(member())).orElseThrow();
    }

    String phone() {
        return row().getOrDefault("mobile", "");
    }

    void edit(MemberField field, String value) {
        time.advance(Duration.ofMinutes(1));
        MemberId member = member();
        host.inTransaction(true, () -> {
            host.edit(member, Map.of(field, FieldValue.text(value)));
            engine.host().edits().announce(member);
        });
    }

    List<OutboxEntry> outbox(IntegrationId integration) {
        return engine.host().outbox().list(integration, Optional.empty(), 100).items();
    }

    @Override
    public void close() {
        engine.close();
        first.close();
        other.close();
    }
}
