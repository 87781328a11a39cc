package io.membersync.benchmarks.floor;

import static io.membersync.benchmarks.floor.MemberColumn.AFFILIATIONS;
import static io.membersync.benchmarks.floor.MemberColumn.BIRTH_DATE;
import static io.membersync.benchmarks.floor.MemberColumn.CITY;
import static io.membersync.benchmarks.floor.MemberColumn.COUNTRY;
import static io.membersync.benchmarks.floor.MemberColumn.EMAIL;
import static io.membersync.benchmarks.floor.MemberColumn.FIRST_NAME;
import static io.membersync.benchmarks.floor.MemberColumn.LAST_NAME;
import static io.membersync.benchmarks.floor.MemberColumn.MEMBERSHIP_TYPE;
import static io.membersync.benchmarks.floor.MemberColumn.MEMBER_FROM;
import static io.membersync.benchmarks.floor.MemberColumn.MEMBER_NUMBER;
import static io.membersync.benchmarks.floor.MemberColumn.MEMBER_TO;
import static io.membersync.benchmarks.floor.MemberColumn.MOBILE;
import static io.membersync.benchmarks.floor.MemberColumn.PAID_UNTIL;
import static io.membersync.benchmarks.floor.MemberColumn.POSTAL_CODE;
import static io.membersync.benchmarks.floor.MemberColumn.PROTECTED_ADDRESS;
import static io.membersync.benchmarks.floor.MemberColumn.ROLES;
import static io.membersync.benchmarks.floor.MemberColumn.STATUS;
import static io.membersync.benchmarks.floor.MemberColumn.STREET;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the registry's pages token by token into a {@link PageBuffer}. For one thread. */
final class PageParser {

    private final JsonFactory json = new JsonFactory();
    private final PageBuffer page;
    private final List<String> roles = new ArrayList<>();
    private final List<String> roleUnits = new ArrayList<>();
    private @Nullable String homeUnit;

    PageParser(PageBuffer page) {
        this.page = page;
    }

    /** Reads a page of members or of changes. */
    void read(byte[] body, boolean changes) throws IOException {
        page.clear();
        try (JsonParser in = json.createParser(body)) {
            in.nextToken();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                switch (name) {
                    case "data" -> records(in, changes);
                    case "next" -> page.next = in.nextTextValue();
                    case "feedCursor" -> page.feedCursor = in.nextTextValue();
                    case "hasMore" -> page.hasMore = in.nextToken() == JsonToken.VALUE_TRUE;
                    default -> skip(in);
                }
            }
        }
    }

    private void records(JsonParser in, boolean changes) throws IOException {
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            page.begin();
            if (changes) {
                event(in);
            } else {
                member(in);
            }
        }
    }

    private void event(JsonParser in) throws IOException {
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            switch (name) {
                case "op" -> page.kind(kind(String.valueOf(in.nextTextValue())));
                case "id" -> text(in, PageBuffer.ID);
                case "member" -> {
                    in.nextToken();
                    member(in);
                }
                default -> skip(in);
            }
        }
    }

    private static PageBuffer.Kind kind(String operation) {
        return switch (operation) {
            case "upsert" -> PageBuffer.Kind.UPSERT;
            case "delete" -> PageBuffer.Kind.DELETE;
            default -> PageBuffer.Kind.MERGE;
        };
    }

    private void member(JsonParser in) throws IOException {
        roles.clear();
        roleUnits.clear();
        homeUnit = null;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            switch (name) {
                case "id" -> text(in, PageBuffer.ID);
                case "etag" -> text(in, PageBuffer.VERSION);
                case "memberNumber" -> text(in, MEMBER_NUMBER.ordinal());
                case "protected" -> flag(in, PROTECTED_ADDRESS.ordinal());
                case "person", "contact", "address" -> group(in);
                case "membership" -> membership(in);
                case "roles" -> roles(in);
                default -> skip(in);
            }
        }
        page.put(ROLES.ordinal(), roles.size() < 2 ? String.join(",", roles) : String.join(",", new TreeSet<>(roles)));
        page.put(AFFILIATIONS.ordinal(), affiliations());
    }

    private String affiliations() {
        String home = homeUnit == null ? "" : homeUnit + "*";
        if (roleUnits.isEmpty()) {
            return home;
        }
        TreeSet<String> others = new TreeSet<>(roleUnits);
        others.remove(String.valueOf(homeUnit));
        return home + (others.isEmpty() || home.isEmpty() ? "" : ",") + String.join(",", others);
    }

    private void group(JsonParser in) throws IOException {
        in.nextToken();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            switch (name) {
                case "firstName" -> text(in, FIRST_NAME.ordinal());
                case "lastName" -> text(in, LAST_NAME.ordinal());
                case "birthDate" -> text(in, BIRTH_DATE.ordinal());
                case "email" -> text(in, EMAIL.ordinal());
                case "mobile" -> text(in, MOBILE.ordinal());
                case "street" -> text(in, STREET.ordinal());
                case "postalCode" -> text(in, POSTAL_CODE.ordinal());
                case "city" -> text(in, CITY.ordinal());
                case "country" -> text(in, COUNTRY.ordinal());
                default -> skip(in);
            }
        }
    }

    private void membership(JsonParser in) throws IOException {
        in.nextToken();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            switch (name) {
                case "status" -> text(in, STATUS.ordinal());
                case "type" -> text(in, MEMBERSHIP_TYPE.ordinal());
                case "unitId" -> homeUnit = in.nextTextValue();
                case "from" -> text(in, MEMBER_FROM.ordinal());
                case "to" -> text(in, MEMBER_TO.ordinal());
                case "paidUntil" -> text(in, PAID_UNTIL.ordinal());
                default -> skip(in);
            }
        }
    }

    private void roles(JsonParser in) throws IOException {
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            String code = "";
            String unit = "";
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                switch (name) {
                    case "code" -> code = String.valueOf(in.nextTextValue());
                    case "unitId" -> unit = String.valueOf(in.nextTextValue());
                    default -> skip(in);
                }
            }
            roles.add(code + "@" + unit);
            roleUnits.add(unit);
        }
    }

    private void text(JsonParser in, int slot) throws IOException {
        if (in.nextToken() == JsonToken.VALUE_STRING) {
            page.put(slot, in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
        } else {
            in.skipChildren();
        }
    }

    private void flag(JsonParser in, int slot) throws IOException {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            page.put(slot, token == JsonToken.VALUE_TRUE ? "true" : "false");
        }
    }

    private static void skip(JsonParser in) throws IOException {
        in.nextToken();
        in.skipChildren();
    }
}
