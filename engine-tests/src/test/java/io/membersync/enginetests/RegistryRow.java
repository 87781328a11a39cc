package io.membersync.enginetests;

import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.cornerstone.SimulatedMember;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the host's row of a registry's member has to hold, read off the registry's JSON by hand: it shares nothing with
 * the mapping that it checks.
 */
final class RegistryRow {

    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("memberNumber", "/memberNumber"),
            Map.entry("firstName", "/person/firstName"),
            Map.entry("lastName", "/person/lastName"),
            Map.entry("birthDate", "/person/birthDate"),
            Map.entry("email", "/contact/email"),
            Map.entry("mobile", "/contact/mobile"),
            Map.entry("street", "/address/street"),
            Map.entry("postalCode", "/address/postalCode"),
            Map.entry("city", "/address/city"),
            Map.entry("country", "/address/country"),
            Map.entry("protectedAddress", "/protected"),
            Map.entry("status", "/membership/status"),
            Map.entry("membershipType", "/membership/type"),
            Map.entry("memberFrom", "/membership/from"),
            Map.entry("memberTo", "/membership/to"),
            Map.entry("paidUntil", "/membership/paidUntil"));

    /** What is withheld of those whose address is protected. */
    static final Set<String> WITHHELD = Set.of("mobile", "street", "postalCode", "city", "country");

    private RegistryRow() {}

    /** {@return the rows of all members that the registry has, by its id} */
    static Map<String, SortedMap<String, String>> all(CornerstoneSimulator registry) {
        Map<String, SortedMap<String, String>> rows = new TreeMap<>();
        registry.members().forEach(member -> rows.put(member.id(), of(member)));
        return rows;
    }

    /** Address and phone of those whose address is protected do not come in. */
    static void withheld(SortedMap<String, String> row) {
        if ("true".equals(row.get("protectedAddress"))) {
            row.keySet().removeAll(WITHHELD);
        }
    }

    static SortedMap<String, String> of(SimulatedMember member) {
        SortedMap<String, String> row = new TreeMap<>();
        PLAIN.forEach((field, pointer) -> member.text(pointer).ifPresent(text -> row.put(field, text)));
        withheld(row);
        TreeSet<String> roles = new TreeSet<>();
        TreeSet<String> units = new TreeSet<>();
        for (int i = 0; member.text("/roles/" + i).isPresent(); i++) {
            Optional<String> unit = member.text("/roles/" + i + "/unitId");
            String code = member.text("/roles/" + i + "/code").orElseThrow();
            roles.add(code + unit.map(u -> "@" + u).orElse(""));
            unit.ifPresent(units::add);
        }
        member.text("/membership/unitId").ifPresent(home -> {
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
}
