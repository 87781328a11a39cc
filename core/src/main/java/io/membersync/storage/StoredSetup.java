package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.http.RateLimit;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.matching.MatchKey;
import io.membersync.matching.MatchOrder;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.LeaverPolicy;
import io.membersync.plan.MassChangeLimits;
import io.membersync.plan.Safeguards;
import io.membersync.setup.Integration;
import io.membersync.setup.SecretMask;
import io.membersync.setup.Timetable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An integration. Maps are written sorted, so that the same integration always has the same text. */
final class StoredSetup {

    private StoredSetup() {}

    static void write(JsonGenerator out, Integration integration) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", integration.id().value());
        out.writeStringField("organization", integration.organization().value());
        out.writeStringField("system", integration.system());
        out.writeStringField("endpoint", integration.endpoint().toString());
        writeMap(out, "settings", integration.settings());
        out.writeFieldName("mapping");
        StoredMapping.write(out, integration.mapping());
        StoredMapping.write(out, integration.scope());
        write(out, integration.matchOrder());
        write(out, integration.safeguards());
        write(out, integration.rateLimit());
        write(out, integration.credentials());
        StoredTimetable.write(out, integration.timetable());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, SecretMask mask) throws IOException {
        if (mask.setAt().isPresent()) {
            out.writeStringField("secretSetAt", mask.setAt().get().toString());
        }
        if (mask.setBy().isPresent()) {
            out.writeStringField("secretSetBy", mask.setBy().get());
        }
    }

    static void write(JsonGenerator out, InForce inForce) throws IOException {
        out.writeStartObject();
        out.writeFieldName("mapping");
        StoredMapping.write(out, inForce.mapping());
        StoredMapping.write(out, inForce.scope());
        write(out, inForce.matchOrder());
        out.writeNumberField("rules", inForce.rules());
        out.writeEndObject();
    }

    static InForce readInForce(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Parts parts = new Parts();
        long rules = 0;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "mapping" -> parts.mapping = StoredMapping.read(in);
                case "scope" -> parts.scope = StoredMapping.readScope(in);
                case "matchOrder" -> parts.matchOrder = readOrder(in);
                case "rules" -> rules = in.getLongValue();
                default -> in.skipChildren();
            }
        }
        return new InForce(Objects.requireNonNull(parts.mapping, "mapping"), parts.scope, parts.matchOrder, rules);
    }

    private static void write(JsonGenerator out, Safeguards safeguards) throws IOException {
        out.writeObjectFieldStart("safeguards");
        out.writeStringField("leavers", safeguards.leavers().name());
        out.writeStringField("planLife", safeguards.planLife().toString());
        out.writeStringField("grace", safeguards.grace().toString());
        out.writeStringField("window", safeguards.limits().window().toString());
        Map<String, String> limits = new TreeMap<>();
        safeguards
                .limits()
                .limits()
                .forEach((kind, limit) -> limits.put(kind.name(), limit.percent() + "," + limit.atLeast()));
        writeMap(out, "limits", limits);
        out.writeEndObject();
    }

    private static Safeguards readSafeguards(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Safeguards read = Safeguards.STANDARD;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            MassChangeLimits limits = read.limits();
            read = switch (name) {
                case "leavers" -> read.leavers(LeaverPolicy.valueOf(JsonText.text(in)));
                case "planLife" -> read.planLife(Duration.parse(JsonText.text(in)));
                case "grace" -> read.grace(Duration.parse(JsonText.text(in)));
                case "window" -> read.limits(new MassChangeLimits(limits.limits(), Duration.parse(JsonText.text(in))));
                case "limits" -> read.limits(new MassChangeLimits(readLimits(in), limits.window()));
                default -> throw new IOException("unknown safeguard");
            };
        }
        return read;
    }

    private static Map<ChangeKind, MassChangeLimits.Limit> readLimits(JsonParser in) throws IOException {
        Map<ChangeKind, MassChangeLimits.Limit> limits = new EnumMap<>(ChangeKind.class);
        readMap(in).forEach((kind, limit) -> {
            int comma = limit.indexOf(',');
            limits.put(
                    ChangeKind.valueOf(kind),
                    new MassChangeLimits.Limit(
                            Integer.parseInt(limit.substring(0, comma)), Integer.parseInt(limit.substring(comma + 1))));
        });
        return limits;
    }

    private static void write(JsonGenerator out, MatchOrder order) throws IOException {
        out.writeArrayFieldStart("matchOrder");
        for (MatchKey key : order.keys()) {
            out.writeString(key.name());
        }
        out.writeEndArray();
    }

    private static MatchOrder readOrder(JsonParser in) throws IOException {
        List<MatchKey> keys = new ArrayList<>();
        while (in.nextToken() == JsonToken.VALUE_STRING) {
            keys.add(MatchKey.valueOf(in.getText()));
        }
        return new MatchOrder(keys);
    }

    private static void write(JsonGenerator out, RateLimit limit) throws IOException {
        out.writeObjectFieldStart("rateLimit");
        out.writeNumberField("requests", limit.requests());
        out.writeStringField("period", limit.period().toString());
        out.writeEndObject();
    }

    static void writeMap(JsonGenerator out, String name, Map<String, String> map) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
            out.writeStringField(entry.getKey(), entry.getValue());
        }
        out.writeEndObject();
    }

    static Integration read(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Parts parts = new Parts();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "settings" -> parts.settings = readMap(in);
                case "mapping" -> parts.mapping = StoredMapping.read(in);
                case "scope" -> parts.scope = StoredMapping.readScope(in);
                case "matchOrder" -> parts.matchOrder = readOrder(in);
                case "safeguards" -> parts.safeguards = readSafeguards(in);
                case "rateLimit" -> parts.rateLimit = readLimit(in);
                case "timetable" -> parts.timetable = StoredTimetable.read(in);
                default -> {
                    if (in.currentToken() == JsonToken.VALUE_STRING) {
                        parts.texts.put(name, in.getText());
                    } else {
                        in.skipChildren();
                    }
                }
            }
        }
        return parts.integration();
    }

    private static RateLimit readLimit(JsonParser in) throws IOException {
        int requests = 0;
        Duration period = Duration.ZERO;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "requests" -> requests = in.getIntValue();
                case "period" -> period = Duration.parse(JsonText.text(in));
                default -> in.skipChildren();
            }
        }
        return new RateLimit(requests, period);
    }

    static Map<String, String> readMap(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Map<String, String> map = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            in.nextToken();
            map.put(key, JsonText.text(in));
        }
        return map;
    }

    /** What was read so far. For one thread. */
    private static final class Parts {

        private final Map<String, String> texts = new LinkedHashMap<>();
        private Map<String, String> settings = Map.of();
        private MatchOrder matchOrder = MatchOrder.STANDARD;
        // What an integration has that was stored before there were any.
        private Safeguards safeguards = Safeguards.STANDARD;
        private Scope scope = Scope.EVERYBODY;
        private RateLimit rateLimit = RateLimit.UNLIMITED;
        private @Nullable MappingSet mapping;
        private @Nullable Timetable timetable;

        private Integration integration() throws IOException {
            SecretMask credentials = new SecretMask(
                    Optional.ofNullable(texts.get("secretSetAt")).map(Instant::parse),
                    Optional.ofNullable(texts.get("secretSetBy")));
            return new Integration(
                    IntegrationId.of(text("id")),
                    OrganizationId.of(text("organization")),
                    text("system"),
                    URI.create(text("endpoint")),
                    settings,
                    Objects.requireNonNull(mapping, "mapping"),
                    scope,
                    matchOrder,
                    safeguards,
                    rateLimit,
                    credentials,
                    timetable == null ? Timetable.manualOnly(credentials.setAt().orElse(Instant.EPOCH)) : timetable);
        }

        private String text(String name) throws IOException {
            String text = texts.get(name);
            if (text == null) {
                throw new IOException("a part is missing");
            }
            return text;
        }
    }
}
