package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.dynamics.DynamicsConnectorFactory;
import io.membersync.http.Credentials;
import io.membersync.http.TokenAuthority;
import io.membersync.mapping.Direction;
import io.membersync.mapping.MappingSet;
import io.membersync.model.MemberField;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import io.membersync.testkit.simulator.TokenWebhookSender;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The contacts of a Dataverse environment. */
final class DynamicsSide implements RegistrySide {

    static final String KEY_HEADER = "X-MemberSync-Key";

    private static final Map<MemberField, String> PLACES = Map.of(
            MemberField.EMAIL, "emailaddress1",
            MemberField.MOBILE, "mobilephone",
            MemberField.STREET, "address1_line1",
            MemberField.CITY, "address1_city");
    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("memberNumber", "hlf_membernumber"),
            Map.entry("firstName", "firstname"),
            Map.entry("lastName", "lastname"),
            Map.entry("birthDate", "birthdate"),
            Map.entry("email", "emailaddress1"),
            Map.entry("street", "address1_line1"),
            Map.entry("postalCode", "address1_postalcode"),
            Map.entry("city", "address1_city"),
            Map.entry("country", "address1_country"),
            Map.entry("protectedAddress", "hlf_protected"),
            Map.entry("membershipType", "hlf_membertype"),
            Map.entry("memberFrom", "hlf_validfrom"),
            Map.entry("memberTo", "hlf_validto"),
            Map.entry("paidUntil", "hlf_paiduntil"));
    private static final List<String> STATUSES = List.of("ACTIVE", "PENDING", "LAPSED", "RESIGNED", "DECEASED");
    private static final List<String> ROLES =
            List.of("LEADER", "DEPUTY_LEADER", "TREASURER", "BOARD_MEMBER", "PEER_MENTOR");

    private final DataverseSimulator registry;

    DynamicsSide(SettableTime time) {
        this.registry = DataverseSimulator.builder()
                .time(time)
                .members(60)
                .seed(12)
                .strict(true)
                .start();
    }

    DataverseSimulator registry() {
        return registry;
    }

    @Override
    public String system() {
        return "dynamics";
    }

    @Override
    public URI endpoint() {
        return registry.baseUrl();
    }

    @Override
    public Credentials credentials() {
        return new Credentials.ClientSecret(
                TokenAuthority.entra(registry.loginUrl(), registry.tenant()),
                registry.clientId(),
                registry.clientSecret());
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("pageSize", "25");
    }

    @Override
    public MappingSet mapping() {
        return new MappingSet(new DynamicsConnectorFactory()
                .twoWayMapping().mappings().stream()
                        .map(mapping -> EDITED.contains(mapping.field()) ? mapping.going(Direction.BOTH) : mapping)
                        .toList());
    }

    @Override
    public Map<String, SortedMap<String, String>> rows() {
        Map<String, SortedMap<String, String>> rows = new TreeMap<>();
        registry.ids().stream()
                .filter(id -> !registry.value(id, "merged").equals(Optional.of("true")))
                .forEach(id -> rows.put(id, row(id)));
        return rows;
    }

    private SortedMap<String, String> row(String id) {
        SortedMap<String, String> row = new TreeMap<>();
        PLAIN.forEach((field, column) -> registry.value(id, column).ifPresent(text -> row.put(field, text)));
        registry.value(id, "mobilephone").ifPresent(typed -> row.put("mobile", Phones.international(typed)));
        RegistryRow.withheld(row);
        int status = Integer.parseInt(registry.value(id, "hlf_memberstatus").orElseThrow()) - 100_000_000;
        boolean ended = registry.value(id, "statecode").orElseThrow().equals("1");
        row.put("status", ended && status < 2 ? "RESIGNED" : STATUSES.get(status));
        registry.value(id, "hlf_roles")
                .ifPresent(codes -> row.put(
                        "roles",
                        Arrays.stream(codes.split(",", -1))
                                .map(code -> ROLES.get(Integer.parseInt(code) - 1))
                                .sorted()
                                .collect(Collectors.joining(","))));
        registry.value(id, "_hlf_chapter_value").ifPresent(unit -> row.put("affiliations", unit + "*"));
        return row;
    }

    @Override
    public void say(String id, MemberField field, String value) {
        registry.update(id, "{\"" + PLACES.get(field) + "\":\"" + value + "\"}");
    }

    @Override
    public String text(String id, MemberField field) {
        return registry.value(id, Optional.ofNullable(PLACES.get(field)).orElseThrow())
                .orElse("");
    }

    @Override
    public String version(String id) {
        return registry.etag(id);
    }

    @Override
    public void change(int count, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            List<String> ids = List.copyOf(rows().keySet());
            String id = ids.get(random.nextInt(ids.size()));
            String other = ids.get(random.nextInt(ids.size()));
            int draw = random.nextInt(20);
            if (draw < 15) {
                registry.update(id, patch(random));
            } else if (draw < 17) {
                registry.create(
                        "{\"lastname\":\"Ny\",\"emailaddress1\":\"n" + random.nextInt(10_000) + "@example.test\"}");
            } else if (draw < 18) {
                registry.deactivate(id);
            } else if (draw < 19 || id.equals(other)) {
                registry.delete(id);
            } else {
                registry.merge(id, other);
            }
        }
    }

    private static String patch(Random random) {
        int number = 1_000 + random.nextInt(9_000);
        return switch (random.nextInt(9)) {
            case 0 -> "{\"emailaddress1\":\"ny" + number + "@example.test\"}";
            case 1 -> "{\"mobilephone\":\"4" + number + " " + (100 + number % 900) + "\"}";
            case 2 -> "{\"address1_line1\":\"Nygata " + number + "\"}";
            case 3 -> "{\"hlf_memberstatus\":10000000" + number % 5 + "}";
            case 4 -> "{\"_hlf_chapter_value\":\"c0000000-0000-4000-8000-00000000" + number + "\"}";
            case 5 -> "{\"hlf_paiduntil\":\"20" + (20 + number % 10) + "-12-31\"}";
            case 6 -> "{\"lastname\":\"Øst-" + number + "\"}";
            case 7 -> "{\"emailaddress1\":null,\"hlf_protected\":" + (number % 2 == 0) + "}";
            default -> "{\"hlf_roles\":\"" + (1 + number % 4) + ",5\"}";
        };
    }

    @Override
    public void delete(String id) {
        registry.delete(id);
    }

    @Override
    public void protect(String id) {
        registry.update(id, "{\"hlf_protected\":true}");
    }

    @Override
    public void tidies(boolean on) {
        registry.switches().tidies(on);
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
        return "PATCH /contacts(id)";
    }

    @Override
    public Supplier<List<Integer>> webhooks(URI target, String secret) {
        TokenWebhookSender sender = registry.webhooks(target, KEY_HEADER, secret);
        return () -> sender.sendShuffled(5);
    }

    @Override
    public String secret() {
        return "dataverse-key-5e9b21";
    }

    @Override
    public void assertRulesKept() {
        assertThat(registry.violations()).isEmpty();
    }

    @Override
    public void close() {
        registry.close();
    }
}
