package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.Link;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A scene whose e-mail addresses and phone numbers travel both ways, and whose cities only go out. For one thread. */
final class TwoWay implements AutoCloseable {

    static final String PATCH = "PATCH /members/{id}";

    private final Scene scene;

    private TwoWay(Scene scene) {
        this.scene = scene;
        scene.full();
        scene.registry().requests().clear();
    }

    static TwoWay start(Scene.Setup setup, Rule email) {
        RuleSet rules = new RuleSet(Map.of(), Map.of("email", email, "mobile", Rule.APP_WINS));
        return new TwoWay(setup.members(12, 3)
                .draft(draft -> draft.mapping(mapping()).rules(rules))
                .start());
    }

    static MappingSet mapping() {
        return new MappingSet(new CornerstoneConnectorFactory()
                .suggestedMapping().mappings().stream().map(TwoWay::directed).toList());
    }

    private static Mapping directed(Mapping mapping) {
        if (mapping.field().equals(MemberField.EMAIL) || mapping.field().equals(MemberField.MOBILE)) {
            return mapping.going(Direction.BOTH);
        }
        return mapping.field().equals(MemberField.CITY) ? mapping.going(Direction.OUTBOUND) : mapping;
    }

    Scene scene() {
        return scene;
    }

    void edit(String id, MemberField field, String value) {
        scene.edit(id, field, FieldValue.text(value));
    }

    /** The next sync decides what goes out. */
    void decide() {
        scene.delta();
    }

    void deliver() {
        scene.engine().tick();
    }

    void later(Duration length) {
        scene.time().advance(length);
        deliver();
    }

    String inRegistry(String id, String pointer) {
        return scene.registry().member(id).orElseThrow().text(pointer).orElse("");
    }

    long version(String id) {
        return scene.registry().member(id).orElseThrow().etag();
    }

    void registrySays(String id, String group, String field, String value) {
        scene.registry().update(id, "{\"" + group + "\":{\"" + field + "\":\"" + value + "\"}}");
    }

    long writes() {
        return scene.registry().requests().count(PATCH);
    }

    List<OutboxEntry> outbox() {
        return scene.engine()
                .host()
                .outbox()
                .list(Scene.INTEGRATION, Optional.empty(), 1_000)
                .items();
    }

    List<AuditEntry> audit(AuditKind kind) {
        return scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(kind))
                .items();
    }

    Link link(String id) {
        ExternalId external = ExternalId.of(id);
        return Optional.ofNullable(scene.host()
                        .storage()
                        .inTransaction(session -> session.links().load(Scene.INTEGRATION, List.of(external)))
                        .get(external))
                .orElseThrow();
    }

    /** Nothing is left to do: syncs of both kinds and deliveries change nothing any more. */
    void assertQuiet() {
        assertThat(outbox()).isEmpty();
        long writes = writes();
        Map<String, Link> before = links();
        assertThat(scene.delta().counts().updated()).isZero();
        deliver();
        assertThat(scene.full().counts().updated()).isZero();
        deliver();
        assertThat(links()).isEqualTo(before);
        assertThat(writes()).isEqualTo(writes);
        assertThat(outbox()).isEmpty();
    }

    private Map<String, Link> links() {
        Map<String, Link> links = new java.util.TreeMap<>();
        scene.linked().keySet().forEach(id -> links.put(id, link(id)));
        return links;
    }

    @Override
    public void close() {
        scene.close();
    }
}
