package io.membersync.enginetests;

import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.http.Credentials;
import io.membersync.mapping.Direction;
import io.membersync.mapping.MappingSet;
import io.membersync.model.MemberField;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.cornerstone.WebhookSender;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** A Cornerstone registry. */
final class CornerstoneSide implements RegistrySide {

    private static final Map<MemberField, String> PLACES = Map.of(
            MemberField.EMAIL, "contact/email",
            MemberField.MOBILE, "contact/mobile",
            MemberField.STREET, "address/street",
            MemberField.CITY, "address/city");

    private final CornerstoneSimulator registry;

    CornerstoneSide(SettableTime time) {
        this.registry = CornerstoneSimulator.builder()
                .time(time)
                .members(60)
                .seed(12)
                .strict(true)
                .start();
    }

    @Override
    public String system() {
        return "cornerstone";
    }

    @Override
    public URI endpoint() {
        return registry.baseUrl();
    }

    @Override
    public Credentials credentials() {
        return new Credentials.ApiKey(registry.apiKey());
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("pageSize", "25");
    }

    @Override
    public MappingSet mapping() {
        return new MappingSet(new CornerstoneConnectorFactory()
                .suggestedMapping().mappings().stream()
                        .map(mapping -> EDITED.contains(mapping.field()) ? mapping.going(Direction.BOTH) : mapping)
                        .toList());
    }

    @Override
    public Map<String, SortedMap<String, String>> rows() {
        return RegistryRow.all(registry);
    }

    @Override
    public void say(String id, MemberField field, String value) {
        String[] place = place(field).split("/", -1);
        registry.update(id, "{\"" + place[0] + "\":{\"" + place[1] + "\":\"" + value + "\"}}");
    }

    @Override
    public String text(String id, MemberField field) {
        return registry.member(id).orElseThrow().text("/" + place(field)).orElse("");
    }

    private static String place(MemberField field) {
        return Optional.ofNullable(PLACES.get(field)).orElseThrow();
    }

    @Override
    public String version(String id) {
        return String.valueOf(registry.member(id).orElseThrow().etag());
    }

    @Override
    public void change(int count, long seed) {
        registry.applyRandomChanges(count, seed);
    }

    @Override
    public void delete(String id) {
        registry.delete(id, "erased");
    }

    @Override
    public void protect(String id) {
        registry.update(id, "{\"protected\":true}");
    }

    @Override
    public void tidies(boolean on) {
        registry.tidies(on);
    }

    @Override
    public RequestLog requests() {
        return registry.requests();
    }

    @Override
    public Faults faults() {
        return registry.faults();
    }

    @Override
    public String write() {
        return "PATCH /members/{id}";
    }

    @Override
    public Supplier<List<Integer>> webhooks(URI target, String secret) {
        WebhookSender sender = registry.webhooks(target, secret);
        return () -> sender.sendShuffled(5);
    }

    @Override
    public String secret() {
        return "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    }

    @Override
    public void assertRulesKept() {
        registry.assertNoViolations();
    }

    @Override
    public void close() {
        registry.close();
    }
}
