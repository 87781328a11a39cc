package io.membersync.enginetests;

import io.membersync.connector.consio.ConsioConnectorFactory;
import io.membersync.http.Credentials;
import io.membersync.mapping.MappingSet;
import io.membersync.model.MemberField;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import io.membersync.testkit.simulator.TokenWebhookSender;
import io.membersync.testkit.simulator.consio.ConsioMember;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Consio registry of an organization whose plan has webhooks. */
final class ConsioSide implements RegistrySide {

    private static final Map<MemberField, String> PLACES = Map.of(
            MemberField.EMAIL, "epost",
            MemberField.MOBILE, "mobil",
            MemberField.STREET, "adresse1",
            MemberField.CITY, "poststed");
    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("memberNumber", "medlemsnr"),
            Map.entry("firstName", "fornavn"),
            Map.entry("lastName", "etternavn"),
            Map.entry("email", "epost"),
            Map.entry("street", "adresse1"),
            Map.entry("postalCode", "postnr"),
            Map.entry("city", "poststed"),
            Map.entry("country", "land"),
            Map.entry("memberFrom", "innmeldt"),
            Map.entry("memberTo", "utmeldt"),
            Map.entry("paidUntil", "betalttil"));
    private static final Map<String, String> STATUSES =
            Map.of("A", "ACTIVE", "P", "PENDING", "S", "LAPSED", "U", "RESIGNED", "D", "DECEASED");
    private static final Pattern ROLE = Pattern.compile("\\{\"kode\":\"([A-Z_]+)\"(?:,\"lagnr\":\"(\\d+)\")?\\}");

    private final ConsioSimulator registry;

    ConsioSide(SettableTime time) {
        this.registry = ConsioSimulator.builder()
                .time(time)
                .members(60)
                .seed(12)
                .webhooks(true)
                .strict(true)
                .start();
    }

    ConsioSimulator registry() {
        return registry;
    }

    @Override
    public String system() {
        return "consio";
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
        return new ConsioConnectorFactory().twoWayMapping();
    }

    @Override
    public Map<String, SortedMap<String, String>> rows() {
        Map<String, SortedMap<String, String>> rows = new TreeMap<>();
        registry.members().forEach(member -> rows.put(String.valueOf(member.id()), row(member)));
        return rows;
    }

    private static SortedMap<String, String> row(ConsioMember member) {
        SortedMap<String, String> row = new TreeMap<>();
        PLAIN.forEach((field, name) -> member.text(name).ifPresent(text -> row.put(field, text)));
        member.text("fodselsdato")
                .ifPresent(day -> row.put("birthDate", day.replaceAll("(..).(..).(....)", "$3-$2-$1")));
        member.text("mobil").ifPresent(typed -> row.put("mobile", Phones.international(typed)));
        member.text("status")
                .ifPresent(letter -> row.put(
                        "status", Optional.ofNullable(STATUSES.get(letter)).orElseThrow()));
        row.put(
                "protectedAddress",
                String.valueOf(member.text("sperret").orElseThrow().equals("1")));
        RegistryRow.withheld(row);
        TreeSet<String> roles = new TreeSet<>();
        TreeSet<String> units = new TreeSet<>();
        Matcher role = ROLE.matcher(member.text("verv").orElse(""));
        while (role.find()) {
            String unit = role.group(2);
            roles.add(role.group(1) + (unit == null ? "" : "@" + unit));
            if (unit != null) {
                units.add(unit);
            }
        }
        member.text("lagnr").ifPresent(home -> {
            units.remove(home);
            units.add(home + "*");
        });
        if (!roles.isEmpty()) {
            row.put("roles", String.join(",", roles));
        }
        if (!units.isEmpty()) {
            row.put("affiliations", String.join(",", units));
        }
        return row;
    }

    @Override
    public void say(String id, MemberField field, String value) {
        registry.update(Long.parseLong(id), "{\"" + PLACES.get(field) + "\":\"" + value + "\"}");
    }

    @Override
    public String text(String id, MemberField field) {
        return registry.member(Long.parseLong(id))
                .orElseThrow()
                .text(Optional.ofNullable(PLACES.get(field)).orElseThrow())
                .orElse("");
    }

    @Override
    public String version(String id) {
        return registry.member(Long.parseLong(id)).orElseThrow().changed();
    }

    @Override
    public void change(int count, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            List<Long> ids = registry.members().map(ConsioMember::id).toList();
            long id = ids.get(random.nextInt(ids.size()));
            long other = ids.get(random.nextInt(ids.size()));
            int draw = random.nextInt(20);
            if (draw < 16) {
                registry.update(id, patch(random));
            } else if (draw < 18) {
                registry.create("{}");
            } else if (draw < 19 || id == other) {
                registry.delete(id);
            } else {
                registry.merge(id, other);
            }
        }
    }

    private static String patch(Random random) {
        int number = 1_000 + random.nextInt(9_000);
        return switch (random.nextInt(9)) {
            case 0 -> "{\"epost\":\"ny" + number + "@example.test\"}";
            case 1 -> "{\"mobil\":\"4" + number + " " + (100 + number % 900) + "\"}";
            case 2 -> "{\"adresse1\":\"Nygata " + number + "\"}";
            case 3 -> "{\"status\":\"" + "APSUD".charAt(number % 5) + "\"}";
            case 4 -> "{\"lagnr\":\"" + number % 50 + "\"}";
            case 5 -> "{\"betalttil\":\"20" + (20 + number % 10) + "-12-31\"}";
            case 6 -> "{\"etternavn\":\"Øst-" + number + "\"}";
            case 7 -> "{\"epost\":null,\"sperret\":" + number % 2 + "}";
            default -> "{\"verv\":[{\"kode\":\"PEER_MENTOR\",\"lagnr\":\"" + number % 50 + "\"}]}";
        };
    }

    @Override
    public void delete(String id) {
        registry.delete(Long.parseLong(id));
    }

    @Override
    public void protect(String id) {
        registry.update(Long.parseLong(id), "{\"sperret\":1}");
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
        return "PUT /medlemmer/{id}";
    }

    @Override
    public Supplier<List<Integer>> webhooks(URI target, String secret) {
        TokenWebhookSender sender = registry.webhooks(target, secret);
        return () -> sender.sendShuffled(5);
    }

    @Override
    public String secret() {
        return "consio-token-2b7c0e51";
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
