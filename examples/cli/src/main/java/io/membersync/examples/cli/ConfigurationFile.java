package io.membersync.examples.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.membersync.connector.ConnectorFactory;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.setup.IntegrationDraft;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file, and tells everything that is wrong with it at once, by field. For one thread. */
final class ConfigurationFile {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.ALLOW_COMMENTS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String CREDENTIALS = "credentials";

    private final Path file;
    private final Secrets secrets;
    private final List<Violation> violations = new ArrayList<>();

    ConfigurationFile(Path file, Function<String, @Nullable String> environment) {
        this.file = file;
        this.secrets = new Secrets(environment, folder());
    }

    private Path folder() {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    /** Reads what it takes to reach the registry. */
    Configuration read() {
        Configuration configuration = configuration();
        if (!violations.isEmpty()) {
            violations.addAll(new Trial(configuration).furtherThan(violations));
            throw refusal();
        }
        return configuration;
    }

    /** Reads what it takes to look at the database: credentials may be missing then. */
    Configuration readWithoutCredentials() {
        Configuration configuration = configuration();
        violations.removeIf(violation ->
                violation.field().startsWith(CREDENTIALS) || violation.field().equals("masterKey"));
        if (!violations.isEmpty()) {
            throw refusal();
        }
        return configuration;
    }

    // Some editors begin a file with a mark of its encoding, which is no JSON.
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private InvalidConfigurationException refusal() {
        return new InvalidConfigurationException("The configuration " + file, violations);
    }

    private Configuration configuration() {
        JsonFields fields = new JsonFields("", json(), violations);
        IntegrationDraft draft = draft(fields);
        Database database = new DatabaseReader(secrets, folder()).read(fields.object("storage"), file);
        Optional<Secret> masterKey = secrets.find(fields, "masterKey");
        if (masterKey.isEmpty()
                && database.file().isEmpty()
                && fields.node("masterKey").isEmpty()) {
            fields.refuse(
                    "masterKey",
                    "is missing: 32 random bytes in base64, such as env:MEMBER_SYNC_KEY filled by"
                            + " openssl rand -base64 32");
        }
        Configuration read =
                new Configuration(draft, database, masterKey, fields.flag("testMode"), fields.texts("allowTargets"));
        fields.refuseOthers();
        return read;
    }

    private JsonNode json() {
        try {
            JsonNode json = MAPPER.readTree(withoutMark(Files.readString(file)));
            if (json.isObject()) {
                return json;
            }
            violations.add(new Violation(file.toString(), "must hold one JSON object: { … }"));
        } catch (JsonProcessingException broken) {
            // Jackson's own message may quote the file, and with it a key.
            violations.add(new Violation(
                    file.toString(),
                    "is not JSON, or says something twice: see line "
                            + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr()));
        } catch (NoSuchFileException missing) {
            violations.add(new Violation(
                    file.toString(),
                    "is not there; 'describe cornerstone', 'describe consio' and 'describe dynamics' print a sample"));
        } catch (CharacterCodingException binary) {
            violations.add(new Violation(file.toString(), "is not text in UTF-8"));
        } catch (IOException unreadable) {
            violations.add(new Violation(file.toString(), "cannot be read; look at what it is and who may read it"));
        }
        throw refusal();
    }

    private IntegrationDraft draft(JsonFields fields) {
        @Nullable String organization = fields.neededText("organization").orElse(null);
        @Nullable String system = fields.neededText("system").orElse(null);
        String standardId = organization + "-" + system;
        String integration = fields.text("integration").orElse(standardId);
        Optional<ConnectorFactory> factory = Optional.ofNullable(system).flatMap(Systems::find);
        IntegrationDraft draft = IntegrationDraft.of(
                id(fields, "integration", integration, IntegrationId::of),
                organization == null ? null : id(fields, "organization", organization, OrganizationId::of),
                system,
                endpoint(fields),
                credentials(fields));
        Optional<JsonFields> settings = fields.object("settings");
        if (settings.isPresent()) {
            for (String key : settings.get().keys()) {
                draft = draft.setting(
                        key, settings.get().node(key).map(JsonNode::asText).orElse(""));
            }
        }
        Optional<JsonFields> mapping = fields.object("mapping");
        return mapping.isPresent() && factory.isPresent()
                ? draft.mapping(
                        MappingOverrides.read(mapping.get(), factory.get().suggestedMapping()))
                : draft;
    }

    private static <T> @Nullable T id(JsonFields fields, String key, String text, Function<String, T> made) {
        try {
            return made.apply(text);
        } catch (IllegalArgumentException malformed) {
            fields.refuse(key, "must be text without control characters, at most 200 long");
            return null;
        }
    }

    private static @Nullable URI endpoint(JsonFields fields) {
        Optional<String> text = fields.neededText("endpoint");
        try {
            return text.isEmpty() ? null : new URI(text.get());
        } catch (URISyntaxException malformed) {
            fields.refuse("endpoint", "is not an address, such as https://host/path");
            return null;
        }
    }

    private @Nullable Credentials credentials(JsonFields fields) {
        Optional<JsonNode> node = fields.node(CREDENTIALS);
        if (node.isEmpty()) {
            fields.refuse(CREDENTIALS, "is missing");
            return null;
        }
        return new CredentialsReader(secrets).read(fields, CREDENTIALS);
    }
}
