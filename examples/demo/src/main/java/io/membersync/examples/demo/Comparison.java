package io.membersync.examples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares every field of every member: what the registry answers over HTTP with what stands in the application's table.
 * Uses nothing of the library, so that it can find the library wrong.
 *
 * @param members how many members both have
 * @param terminated how many more the application keeps as terminated
 * @param fields how many fields of each were compared
 */
record Comparison(int members, int terminated, int fields) {

    private static final String COLUMNS = "member_number, first_name, last_name, birth_date, email, mobile, street,"
            + " postal_code, city, country, protected_address, status, membership_type, member_from, member_to,"
            + " paid_until, roles, affiliations";
    private static final int FIELDS = COLUMNS.split(",").length;
    private static final String TERMINATED = "TERMINATED";
    private static final Set<String> WITHHELD =
            Set.of("/contact/mobile", "/address/street", "/address/postalCode", "/address/city", "/address/country");

    /**
     * Compares.
     *
     * @throws IllegalStateException when anything differs
     */
    static Comparison of(RegistryProcess registry, Host host) throws IOException, InterruptedException, SQLException {
        Map<String, List<String>> here = rows(host);
        int all = here.size();
        here.values().removeIf(row -> row.contains(TERMINATED));
        Map<String, List<String>> there = new HashMap<>();
        registry.forEachMember(member -> {
            List<String> values = values(member);
            there.put(values.get(0), values);
        });
        long different = here.entrySet().stream()
                .filter(row -> !row.getValue().equals(there.get(row.getKey())))
                .count();
        if (different > 0 || here.size() != there.size()) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "The application has %,d members and the registry %,d, and %,d of them differ",
                    here.size(),
                    there.size(),
                    different));
        }
        return new Comparison(there.size(), all - here.size(), FIELDS);
    }

    private static Map<String, List<String>> rows(Host host) throws SQLException {
        Map<String, List<String>> rows = new HashMap<>();
        try (Connection connection = host.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT " + COLUMNS + " FROM ms_member")) {
            while (found.next()) {
                List<String> row = new ArrayList<>(FIELDS);
                for (int i = 1; i <= FIELDS; i++) {
                    row.add(text(found, i));
                }
                rows.put(row.get(0), row);
            }
        }
        return rows;
    }

    private static String text(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        return value == null ? "" : value.toString();
    }

    private static List<String> values(JsonNode member) {
        List<String> values = new ArrayList<>(FIELDS);
        for (String path : List.of(
                "/memberNumber",
                "/person/firstName",
                "/person/lastName",
                "/person/birthDate",
                "/contact/email",
                "/contact/mobile",
                "/address/street",
                "/address/postalCode",
                "/address/city",
                "/address/country",
                "/protected",
                "/membership/status",
                "/membership/type",
                "/membership/from",
                "/membership/to",
                "/membership/paidUntil")) {
            // Address and phone of those whose address is protected do not come in.
            boolean withheld = member.path("protected").asBoolean() && WITHHELD.contains(path);
            values.add(withheld ? "" : text(member.at(path)));
        }
        values.add(roles(member));
        values.add(units(member));
        return values;
    }

    private static String text(@Nullable JsonNode value) {
        return value == null || value.isNull() || value.isMissingNode() ? "" : value.asText();
    }

    /** Roles as the table holds them: code and unit, sorted. */
    private static String roles(JsonNode member) {
        Set<String> roles = new TreeSet<>();
        member.path("roles").forEach(role -> {
            String unit = text(role.get("unitId"));
            roles.add(text(role.get("code")) + (unit.isEmpty() ? "" : "@" + unit));
        });
        return String.join(",", roles);
    }

    /** Units as the table holds them: the membership's own with a star, then those of the roles, sorted. */
    private static String units(JsonNode member) {
        String home = text(member.at("/membership/unitId"));
        Set<String> others = new TreeSet<>();
        member.path("roles").forEach(role -> others.add(text(role.get("unitId"))));
        others.remove(home);
        others.remove("");
        List<String> units = new ArrayList<>();
        if (!home.isEmpty()) {
            units.add(home + "*");
        }
        units.addAll(others);
        return units.stream().collect(Collectors.joining(","));
    }
}
