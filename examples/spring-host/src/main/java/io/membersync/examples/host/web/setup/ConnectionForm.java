package io.membersync.examples.host.web.setup;

import io.membersync.connector.SettingsForm;
import io.membersync.connector.SettingsForm.CredentialKind;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.http.TokenAuthority;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a registry is reached, and when: from the inputs to the library's draft. One for each request. */
final class ConnectionForm {

    static final Set<String> CREDENTIALS = Set.of("apiKey", "tenant", "clientId", "clientSecret", "loginUrl");

    private static final List<String> CLIENT = List.of("tenant", "clientId", "clientSecret", "loginUrl");
    private static final String SETTING = "setting.";
    private static final List<String> ALWAYS =
            List.of("endpoint", "credentials", "schedule", "from", "until", "minutes", "zone");

    private final SettingsForm form;
    private final Reading reading;

    ConnectionForm(SettingsForm form, Filled filled) {
        this.form = form;
        this.reading = new Reading(filled);
    }

    /** What the form found wrong so far. */
    List<Violation> found() {
        return reading.wrong();
    }

    /** Nothing is wrong yet, at any input of a system's form or beside it. */
    static Wrong nothing(SettingsForm form, String... beside) {
        List<String> inputs = new ArrayList<>(List.of(beside));
        if (form.credential() != CredentialKind.NONE) {
            inputs.addAll(ALWAYS);
            inputs.add("apiKey");
        }
        if (form.credential() == CredentialKind.OAUTH_CLIENT) {
            inputs.addAll(CLIENT);
        }
        form.settings().forEach(setting -> inputs.add(SETTING + setting.key()));
        return new Wrong(inputs);
    }

    /** A new integration with a member system. */
    IntegrationDraft draft(OrganizationId organization, String system) {
        return of(IntegrationDraft.of(
                id().orElse(null),
                organization,
                system,
                endpoint().orElse(null),
                credentials().orElse(null)));
    }

    /** An integration without one. */
    IntegrationDraft none(OrganizationId organization) {
        return IntegrationDraft.none(id().orElse(null), organization);
    }

    /** An integration as it is, but for what stands in the form. */
    IntegrationDraft change(Integration before) {
        IntegrationDraft draft = of(IntegrationDraft.of(
                        before.id(),
                        before.organization(),
                        before.system(),
                        endpoint().orElse(null),
                        credentials().orElse(null))
                .mapping(before.mapping())
                .scope(before.scope())
                .matchOrder(before.matchOrder())
                .safeguards(before.safeguards())
                .rateLimit(before.rateLimit()));
        return reading.filled().find("moved").isPresent() ? draft.moved() : draft;
    }

    private IntegrationDraft of(IntegrationDraft connection) {
        IntegrationDraft draft = connection;
        for (Map.Entry<String, String> setting : settings().entrySet()) {
            draft = draft.setting(setting.getKey(), setting.getValue());
        }
        return schedule().map(draft::schedule).orElse(draft);
    }

    /** When it is synchronized, if that can be read. */
    Optional<SyncSchedule> schedule() {
        return new ScheduleForm(reading).schedule();
    }

    private Optional<IntegrationId> id() {
        return reading.need("id", ConnectionForm::id, "wrong.id");
    }

    /** Narrower than the library's own rule: the id is part of addresses. */
    private static IntegrationId id(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,99}")) {
            throw new IllegalArgumentException("Not an id");
        }
        return IntegrationId.of(text);
    }

    private Optional<URI> endpoint() {
        return reading.need("endpoint", URI::create, "wrong.address");
    }

    /** What is left empty is what the system's own standard says. */
    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        form.settings()
                .forEach(setting -> reading.filled()
                        .find(SETTING + setting.key())
                        .ifPresent(value -> settings.put(setting.key(), value)));
        return settings;
    }

    /** The credentials, if they can be read; never a part of them in a message. */
    Optional<Credentials> credentials() {
        if (form.credential() == CredentialKind.NONE) {
            return Optional.of(new Credentials.None());
        }
        boolean key = reading.filled().find("apiKey").isPresent();
        if (form.credential() == CredentialKind.API_KEY || key) {
            reading.require("apiKey");
            return reading.read("apiKey", Credentials.ApiKey::new);
        }
        return client();
    }

    private Optional<Credentials> client() {
        Optional<URI> cloud = reading.read("loginUrl", URI::create, "wrong.address");
        reading.require("tenant");
        Optional<TokenAuthority> authority = reading.read(
                "tenant",
                tenant -> cloud.map(at -> TokenAuthority.entra(at, tenant))
                        .orElseGet(() -> TokenAuthority.entra(tenant)));
        Optional<String> id = reading.need("clientId");
        reading.require("clientSecret");
        return authority.flatMap(at -> id.flatMap(
                client -> reading.read("clientSecret", secret -> new Credentials.ClientSecret(at, client, secret))));
    }

    /** On what ground logins may enrich the registry; nothing when that is not wished. */
    Optional<EnrichmentBasis> enrichment(OrganizationId organization) {
        return reading.filled().find("enrich").isEmpty()
                ? Optional.empty()
                : new BasisForm(reading).basis(organization);
    }

    /** An integration as it stands, without any secret. */
    static Filled filled(Integration integration) {
        Filled filled = ScheduleForm.filled(integration.timetable().schedule())
                .with("endpoint", integration.endpoint().toString());
        for (Map.Entry<String, String> setting : integration.settings().entrySet()) {
            filled = filled.with(SETTING + setting.getKey(), setting.getValue());
        }
        return filled;
    }
}
