package io.membersync.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SettingsForm.CredentialKind;
import io.membersync.connector.SettingsForm.Setting;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.Mapping;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells what a member system wants to be told, and gives a file to start from. */
final class SystemDescription {

    private static final Map<String, String> ENDPOINTS = Map.of(
            "cornerstone", "https://HOST/api/v1/rooms/ROOM",
            "consio", "https://HOST/rest/v2",
            "dynamics", "https://ENVIRONMENT.crm4.dynamics.com/api/data/v9.2");

    private final ConnectorFactory factory;

    SystemDescription(ConnectorFactory factory) {
        this.factory = factory;
    }

    void print(Output output) {
        SettingsForm form = factory.form();
        output.line("%s (%s)", factory.system().displayName(), factory.system().id());
        output.line("");
        output.line("Credentials: %s", credentials(form.credential()));
        output.line("Settings, all in \"settings\":");
        for (Setting setting : form.settings()) {
            output.line(
                    "   %-20s %s; %s",
                    setting.key(),
                    setting.label(),
                    setting.required() ? "needed" : "standard " + shortened(setting.standard()));
        }
        output.line("Mapping that holds without a word, each to be replaced in \"mapping\":");
        factory.suggestedMapping()
                .mappings()
                .forEach(mapping -> output.line(
                        "   %-20s %s%s", mapping.field().key(), paths(mapping), mapping.required() ? "; needed" : ""));
        output.line("");
        output.line("A file to start from, membersync.json:");
        output.line("");
        output.line("%s", sample().toPrettyString());
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 57) + "..." : text;
    }

    private static String paths(Mapping mapping) {
        return mapping.paths().stream().map(FieldPath::text).collect(Collectors.joining(", "));
    }

    private static String credentials(CredentialKind kind) {
        return switch (kind) {
            case NONE -> "none";
            case API_KEY -> "an API key";
            case OAUTH_CLIENT ->
                "tenant, clientId and clientSecret (or certificate, in PEM with its key), or an apiKey";
        };
    }

    /** A file that only lacks the address, the ids and what stands in the environment. */
    ObjectNode sample() {
        String system = factory.system().id();
        ObjectNode json = Json.object();
        json.put("organization", "our-association");
        json.put("system", system);
        json.put("endpoint", ENDPOINTS.getOrDefault(system, "https://HOST"));
        String variable = "env:" + system.toUpperCase(Locale.ROOT).replace('-', '_');
        switch (factory.form().credential()) {
            case NONE -> {}
            case API_KEY -> json.put("credentials", variable + "_KEY");
            case OAUTH_CLIENT ->
                json.putObject("credentials")
                        .put("tenant", "TENANT.onmicrosoft.com")
                        .put("clientId", "APPLICATION-ID")
                        .put("clientSecret", variable + "_SECRET");
        }
        json.putObject("settings");
        json.putObject("mapping");
        json.putObject("storage").put("file", "membersync");
        return json;
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("system", factory.system().id());
        json.put("name", factory.system().displayName());
        json.put("credentials", factory.form().credential().name());
        ArrayNode settings = json.putArray("settings");
        factory.form()
                .settings()
                .forEach(setting -> settings.addObject()
                        .put("key", setting.key())
                        .put("label", setting.label())
                        .put("required", setting.required())
                        .put("standard", setting.standard()));
        ObjectNode mapping = json.putObject("mapping");
        factory.suggestedMapping()
                .mappings()
                .forEach(one -> mapping.put(one.field().key(), paths(one)));
        json.set("sample", sample());
        return json;
    }
}
