package io.membersync.internal.admin;

import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SystemType;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimitState;
import io.membersync.internal.http.TargetPolicy;
import io.membersync.internal.pipeline.FieldWriter;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.model.MemberField;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import jakarta.validation.Validator;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with a draft, by field, in one go. */
final class DraftCheck {

    private static final int LAST_PORT = 65_535;

    private final Validator validator;
    private final Map<String, ConnectorFactory> factories;
    private final TargetPolicy targets;
    private final InstantSource time;

    DraftCheck(Validator validator, Map<String, ConnectorFactory> factories, TargetPolicy targets, InstantSource time) {
        this.validator = validator;
        this.factories = factories;
        this.targets = targets;
        this.time = time;
    }

    List<Violation> violations(IntegrationDraft draft) {
        List<Violation> found = new ArrayList<>();
        validator.validate(draft).stream()
                .map(v -> new Violation(v.getPropertyPath().toString(), v.getMessage()))
                .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
                .forEach(found::add);
        ScheduleCheck.violations(draft.schedule(), found);
        if (NoSystem.is(draft)) {
            NoSystem.violations(draft, found);
            return found;
        }
        ConnectorFactory factory = draft.system() == null ? null : factories.get(draft.system());
        if (factory == null) {
            if (draft.system() != null) {
                found.add(new Violation(
                        "system",
                        "is not known here; known are " + factories.keySet() + ", and '" + SystemType.NONE.id()
                                + "' where there is no member system"));
            }
        } else {
            form(draft, factory.form(), found);
            scope(draft, factory, found);
            settings(draft, factory, found);
        }
        endpoint("endpoint", draft.endpoint(), found);
        authority(draft.credentials(), found);
        mapping(draft, found);
        return found;
    }

    /** What is wrong with other credentials of an integration. */
    List<Violation> credentials(Integration integration, Credentials credentials) {
        List<Violation> found = new ArrayList<>();
        ConnectorFactory factory = factories.get(integration.system());
        if (factory == null) {
            found.add(new Violation("credentials", "have no place: there is no such member system here"));
        } else {
            credentials(factory.form().credential(), credentials, found);
        }
        authority(credentials, found);
        return found;
    }

    private void authority(@Nullable Credentials credentials, List<Violation> found) {
        if (credentials instanceof Credentials.OAuthClient client) {
            endpoint("credentials.authority", client.authority().tokenEndpoint(), found);
        }
    }

    private static void form(IntegrationDraft draft, SettingsForm form, List<Violation> found) {
        if (draft.credentials() != null) {
            credentials(form.credential(), draft.credentials(), found);
        }
        Map<String, String> settings = draft.settings() == null ? Map.of() : draft.settings();
        for (SettingsForm.Setting setting : form.settings()) {
            String value = settings.get(setting.key());
            if (setting.required() && (value == null || value.isBlank())) {
                found.add(new Violation("settings." + setting.key(), "is missing"));
            }
        }
        for (String key : settings.keySet()) {
            if (form.settings().stream().noneMatch(setting -> setting.key().equals(key))) {
                List<String> known = form.settings().stream()
                        .map(SettingsForm.Setting::key)
                        .sorted()
                        .toList();
                found.add(new Violation("settings." + key, "is not a setting of this system; it has " + known));
            }
        }
    }

    private static void credentials(SettingsForm.CredentialKind kind, Credentials credentials, List<Violation> found) {
        boolean key = credentials instanceof Credentials.ApiKey;
        boolean client = credentials instanceof Credentials.OAuthClient;
        Optional<String> wrong = switch (kind) {
            case NONE -> Optional.empty();
            case API_KEY -> key ? Optional.empty() : Optional.of("must be an API key");
            case OAUTH_CLIENT ->
                key || client
                        ? Optional.empty()
                        : Optional.of("must be a client secret, a client certificate or an API key");
        };
        wrong.ifPresent(why -> found.add(new Violation("credentials", why)));
    }

    /** Lets the connector itself look at the values: it opens without a request. */
    private void settings(IntegrationDraft draft, ConnectorFactory factory, List<Violation> found) {
        if (draft.integration() == null || draft.credentials() == null) {
            return;
        }
        Map<String, String> settings = draft.settings() == null ? Map.of() : draft.settings();
        try {
            Connector connector = factory.open(new ConnectorContext(
                    draft.integration(), new ClosedGateway(), draft.credentials(), settings, time));
            if (draft.mapping() != null) {
                writing(draft.mapping(), connector).ifPresent(found::add);
            }
            connector.close();
        } catch (InvalidConfigurationException unusable) {
            unusable.violations().stream()
                    .filter(violation ->
                            found.stream().noneMatch(known -> known.field().equals(violation.field())))
                    .forEach(found::add);
        }
    }

    private void endpoint(String field, @Nullable URI endpoint, List<Violation> found) {
        if (endpoint == null) {
            return;
        }
        // A secret in the address would be shown wherever the address is.
        if (endpoint.getRawUserInfo() != null || endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            found.add(new Violation(
                    field, "holds more than scheme, host, port and path: user, query and fragment are refused"));
        } else if (endpoint.getPort() > LAST_PORT) {
            found.add(new Violation(field, "has a port above " + LAST_PORT));
        } else {
            targets.objection(endpoint).ifPresent(why -> found.add(new Violation(field, why)));
        }
    }

    private static void mapping(IntegrationDraft draft, List<Violation> found) {
        MappingSet mapping = draft.mapping();
        if (mapping != null) {
            if (draft.rules() != null) {
                found.addAll(RuleChanges.violations(draft.rules(), mapping));
            }
            found.addAll(mapping(mapping));
        }
    }

    /** What is wrong with mappings by themselves. */
    static List<Violation> mapping(MappingSet mapping) {
        List<Violation> found = new ArrayList<>();
        if (mapping.mappings().isEmpty()) {
            found.add(new Violation("mapping", "needs at least one field"));
        }
        for (int i = 0; i < mapping.mappings().size(); i++) {
            Mapping one = mapping.mappings().get(i);
            String at = "mapping.mappings[" + i + "]";
            if (one.direction().out()) {
                FieldWriter.objection(one)
                        .ifPresent(why -> found.add(new Violation(at + ".direction", "must be INBOUND: " + why)));
            }
            if (one.field().kind() == MemberField.Kind.HIDDEN) {
                found.add(new Violation(at + ".field", "'" + one.field() + "' cannot be read by a mapping"));
            }
        }
        return found;
    }

    private static void scope(IntegrationDraft draft, ConnectorFactory factory, List<Violation> found) {
        Scope scope = draft.scope();
        if (scope != null) {
            MappingSet mapping = draft.mapping();
            found.addAll(new ScopeCheck(mapping == null ? factory.suggestedMapping() : mapping).violations(scope));
        }
    }

    /** What goes out needs a connector that can write. */
    static Optional<Violation> writing(MappingSet mapping, Connector connector) {
        boolean out =
                mapping.mappings().stream().anyMatch(one -> one.direction().out());
        return out && connector.writer().isEmpty()
                ? connector
                        .abilities()
                        .writeUnavailable()
                        .map(why -> new Violation("mapping", "lets fields go out that cannot: " + why))
                : Optional.empty();
    }

    /** Nothing is sent while a draft is checked. */
    private static final class ClosedGateway implements HttpGateway {

        @Override
        public GatewayResponse send(GatewayRequest request) {
            throw new IllegalStateException("A connector makes no request when it is opened");
        }

        @Override
        public RateLimitState rateLimit() {
            throw new IllegalStateException("A connector does not ask for its rate limit when it is opened");
        }
    }
}
