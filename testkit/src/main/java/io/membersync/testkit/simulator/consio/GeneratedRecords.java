package io.membersync.testkit.simulator.consio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.GeneratedMembers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The generated members in this registry's words. Immutable. */
final class GeneratedRecords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final Map<String, String> STATUS =
            Map.of("ACTIVE", "A", "PENDING", "P", "LAPSED", "S", "RESIGNED", "U", "DECEASED", "D");
    private static final Map<String, Integer> CONSENT = Map.of("newsletter", 1, "sms", 2, "research", 4);
    private static final int OTHER_CONSENT = 8;

    private final GeneratedMembers generated;

    GeneratedRecords(GeneratedMembers generated) {
        this.generated = generated;
    }

    GeneratedMembers generated() {
        return generated;
    }

    /** Returns when the member was changed last before the registry started. */
    static Instant changedAt(JsonNode source) {
        return Instant.parse(source.path("updatedAt").asText());
    }

    JsonNode source(int index) {
        return MemberJson.require(generated.utf8(index));
    }

    /** Writes a member; the registry itself adds when it was changed. */
    ObjectNode record(long id, int index, JsonNode source) {
        ObjectNode member = MemberJson.object().put("medlemId", id).put("medlemsnr", "%06d".formatted(id));
        member.put("fornavn", source.at("/person/firstName").asText());
        member.put("etternavn", source.at("/person/lastName").asText());
        member.put(
                "fodselsdato",
                DAY.format(LocalDate.parse(source.at("/person/birthDate").asText())));
        member.set("epost", source.at("/contact/email"));
        member.put("mobil", phone(source.at("/contact/mobile"), index));
        member.put("adresse1", source.at("/address/street").asText());
        member.put("postnr", source.at("/address/postalCode").asText());
        member.put("poststed", source.at("/address/city").asText()).put("land", "NO");
        member.put("status", STATUS.get(source.at("/membership/status").asText()));
        member.put("lagnr", unit(source.at("/membership/unitId")));
        member.set("innmeldt", source.at("/membership/from"));
        member.set("utmeldt", source.at("/membership/to"));
        member.set("betalttil", source.at("/membership/paidUntil"));
        source.path("roles")
                .forEach(role -> member.withArray("verv")
                        .addObject()
                        .put("kode", role.path("code").asText())
                        .put("lagnr", unit(role.path("unitId"))));
        member.withArray("verv");
        member.put("sperret", source.path("protected").asBoolean() ? 1 : 0);
        member.put("samtykke", consents(source.path("consents")));
        member.put("harPersonnr", generated.hasNationalId(index));
        member.putObject("kontingent").put("kode", "ORD").put("belop", 350.5).putNull("rabatt");
        return member;
    }

    private static String unit(JsonNode unit) {
        return unit.asText().replace("u_", "");
    }

    private static int consents(JsonNode consents) {
        int mask = 0;
        for (JsonNode consent : consents) {
            if (consent.path("given").asBoolean()) {
                mask |= CONSENT.getOrDefault(consent.path("purpose").asText(), OTHER_CONSENT);
            }
        }
        return mask;
    }

    // As people type them.
    private static @org.jspecify.annotations.Nullable String phone(JsonNode phone, int index) {
        if (phone.isNull()) {
            return null;
        }
        String digits = phone.asText().substring(3);
        return switch (index % 5) {
            case 0 -> digits.substring(0, 3) + " " + digits.substring(3, 5) + " " + digits.substring(5);
            case 1 -> "+47 " + digits;
            case 2 -> "0047" + digits;
            case 3 -> digits.replaceAll("(..)", "$1 ").strip();
            default -> digits;
        };
    }
}
