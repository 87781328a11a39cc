package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.model.FieldCategory;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Conflict rules. Maps are written sorted, so that the same rules always have the same text. */
final class StoredRules {

    private StoredRules() {}

    static void write(JsonGenerator out, RuleSet rules) throws IOException {
        Map<String, String> categories = new TreeMap<>();
        rules.categories().forEach((category, rule) -> categories.put(category.name(), rule.name()));
        Map<String, String> fields = new TreeMap<>();
        rules.fields().forEach((field, rule) -> fields.put(field, rule.name()));
        out.writeStartObject();
        StoredSetup.writeMap(out, "categories", categories);
        StoredSetup.writeMap(out, "fields", fields);
        out.writeEndObject();
    }

    static RuleSet read(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Map<FieldCategory, Rule> categories = new EnumMap<>(FieldCategory.class);
        Map<String, Rule> fields = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "categories" ->
                    StoredSetup.readMap(in)
                            .forEach((key, rule) -> categories.put(FieldCategory.valueOf(key), Rule.valueOf(rule)));
                case "fields" -> StoredSetup.readMap(in).forEach((key, rule) -> fields.put(key, Rule.valueOf(rule)));
                default -> in.skipChildren();
            }
        }
        return new RuleSet(categories, fields);
    }
}
