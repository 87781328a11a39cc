package io.membersync.examples.connector;

import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SystemType;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Transform;
import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes connectors to club registers. Stateless and safe for many threads. */
public final class ClubConnectorFactory implements ConnectorFactory {

    static final String PAGE_SIZE = "pageSize";

    /** Makes a factory, for the service loader. */
    public ClubConnectorFactory() {}

    // [form]
    @Override
    public SystemType system() {
        return new SystemType("club-register", "Club register");
    }

    @Override
    public SettingsForm form() {
        return new SettingsForm(
                SettingsForm.CredentialKind.API_KEY,
                List.of(new SettingsForm.Setting(PAGE_SIZE, "Members in a page", false, "200")));
    }

    @Override
    public MappingSet suggestedMapping() {
        return MappingSet.of(
                Mapping.inbound(MemberField.MEMBER_NUMBER, "number"),
                Mapping.inbound(MemberField.FIRST_NAME, "firstName"),
                Mapping.inbound(MemberField.LAST_NAME, "lastName").needed(),
                Mapping.inbound(MemberField.EMAIL, "email"),
                Mapping.inbound(MemberField.CITY, "city"),
                Mapping.inbound(MemberField.STATUS, "status")
                        .then(new Transform.CodeList(Map.of("member", "ACTIVE", "left", "RESIGNED")))
                        .needed());
    }
    // [end]

    // [open]
    @Override
    public Connector open(ConnectorContext context) {
        List<Violation> violations = new ArrayList<>();
        String size = context.settings().getOrDefault(PAGE_SIZE, "200");
        if (!size.matches("[1-9][0-9]{0,2}")) {
            violations.add(new Violation("settings." + PAGE_SIZE, "must be a whole number from 1 to 999"));
        }
        if (!(context.credentials() instanceof Credentials.ApiKey)) {
            violations.add(new Violation("credentials", "must be an API key"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidConfigurationException("Integration '" + context.integration() + "'", violations);
        }
        return new ClubConnector(
                context.integration(),
                context.gateway(),
                (Credentials.ApiKey) context.credentials(),
                Integer.parseInt(size));
    }
    // [end]
}
