package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A column of the contact table. Immutable. */
record ContactColumn(String name, Kind kind, int maxLength, boolean secured, Map<Integer, String> options) {

    /** Kinds of columns, by their name in the metadata. */
    enum Kind {
        UNIQUEIDENTIFIER("Uniqueidentifier"),
        TEXT("String"),
        CHOICE("Picklist"),
        MULTI_CHOICE("Virtual"),
        STATE("State"),
        YES_NO("Boolean"),
        DATE("DateTime"),
        LOOKUP("Lookup");

        final String metadataName;

        Kind(String metadataName) {
            this.metadataName = metadataName;
        }
    }

    static final Map<Integer, String> MEMBER_STATUS =
            choices(100_000_000, "Aktiv", "Venter", "Utløpt", "Utmeldt", "Død");
    static final Map<Integer, String> ROLES = choices(1, "Leder", "Nestleder", "Kasserer", "Styremedlem", "Likeperson");
    private static final Map<Integer, String> MENTOR_STATUS = choices(1, "Aktiv", "Pause", "Utløpt");

    private static final Set<String> KEPT_BY_DATAVERSE = Set.of("merged", "masterid", "modifiedon");

    static final List<ContactColumn> ALL = List.of(
            of("contactid", Kind.UNIQUEIDENTIFIER),
            text("firstname", 50),
            text("lastname", 50),
            of("birthdate", Kind.DATE),
            text("emailaddress1", 100),
            text("mobilephone", 50),
            text("telephone1", 50),
            text("address1_line1", 250),
            text("address1_postalcode", 20),
            text("address1_city", 80),
            text("address1_country", 80),
            new ContactColumn("statecode", Kind.STATE, 0, false, choices(0, "Aktiv", "Inaktiv")),
            new ContactColumn("statuscode", Kind.CHOICE, 0, false, choices(1, "Aktiv", "Inaktiv")),
            of("merged", Kind.YES_NO),
            of("masterid", Kind.LOOKUP),
            of("modifiedon", Kind.DATE),
            text("hlf_membernumber", 20),
            text("hlf_externalid", 50),
            new ContactColumn("hlf_memberstatus", Kind.CHOICE, 0, false, MEMBER_STATUS),
            text("hlf_membertype", 50),
            of("hlf_validfrom", Kind.DATE),
            of("hlf_validto", Kind.DATE),
            of("hlf_paiduntil", Kind.DATE),
            of("hlf_protected", Kind.YES_NO),
            new ContactColumn("hlf_roles", Kind.MULTI_CHOICE, 0, false, ROLES),
            of("hlf_chapter", Kind.LOOKUP),
            new ContactColumn("hlf_nationalid", Kind.TEXT, 11, true, Map.of()),
            new ContactColumn("hlf_mentorstatus", Kind.CHOICE, 0, false, MENTOR_STATUS),
            of("hlf_certifiedfrom", Kind.DATE),
            of("hlf_certifieduntil", Kind.DATE));

    private static ContactColumn of(String name, Kind kind) {
        return new ContactColumn(name, kind, 0, false, Map.of());
    }

    private static ContactColumn text(String name, int maxLength) {
        return new ContactColumn(name, Kind.TEXT, maxLength, false, Map.of());
    }

    private static Map<Integer, String> choices(int first, String... labels) {
        Map<Integer, String> choices = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i++) {
            choices.put(first + i, labels[i]);
        }
        return choices;
    }

    /** {@return the name in rows and {@code $select}: a lookup's is {@code _name_value}} */
    String property() {
        return kind == Kind.LOOKUP ? "_" + name + "_value" : name;
    }

    /** {@return whether rows may be changed in it} */
    boolean updatable() {
        return kind != Kind.UNIQUEIDENTIFIER && !KEPT_BY_DATAVERSE.contains(name);
    }

    /** {@return what people see for a value, where they see something else than the value} */
    Optional<String> label(JsonNode value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        return switch (kind) {
            case CHOICE, STATE -> Optional.ofNullable(options.get(value.asInt()));
            case MULTI_CHOICE -> Optional.of(labels(value.asText()));
            case YES_NO -> Optional.of(value.asBoolean() ? "Ja" : "Nei");
            case LOOKUP ->
                Optional.of(
                        name.equals("masterid")
                                ? "Kontakt"
                                : "HLF lag " + value.asText().substring(33));
            case DATE -> Optional.of(value.asText().substring(0, 10));
            default -> Optional.empty();
        };
    }

    private String labels(String codes) {
        StringBuilder labels = new StringBuilder();
        for (String code : codes.split(",", -1)) {
            labels.append(labels.length() == 0 ? "" : "; ").append(options.get(Integer.valueOf(code)));
        }
        return labels.toString();
    }

    /** {@return whether a value can be stored: null, or of the column's kind} */
    boolean takes(JsonNode value) {
        if (value.isNull()) {
            return true;
        }
        return switch (kind) {
            case TEXT, UNIQUEIDENTIFIER -> value.isTextual();
            case CHOICE, STATE -> value.isInt() && options.containsKey(value.intValue());
            case MULTI_CHOICE -> value.isTextual() && value.textValue().matches("\\d+(,\\d+)*");
            case YES_NO -> value.isBoolean();
            case DATE -> value.isTextual() && value.textValue().matches("\\d{4}-\\d{2}-\\d{2}(T.*Z)?");
            case LOOKUP -> false;
        };
    }
}
