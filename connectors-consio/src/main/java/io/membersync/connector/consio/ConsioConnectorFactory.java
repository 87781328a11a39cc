package io.membersync.connector.consio;

import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SystemType;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.http.HeaderNames;
import io.membersync.mapping.Direction;
import io.membersync.mapping.MappingSet;
import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes connectors to Consio registries. The endpoint is the base URL, such as {@code https://host/rest/v2}; the
 * credential is an API key.
 *
 * <p>Settings: {@value #WEBHOOKS}, {@code yes} or {@code no}, whether the organization's plan has webhooks, standard
 * {@code no}: without them there is no delta, and where the registry itself tells, it is believed; {@value #PAGE_SIZE},
 * how many members a page gives, 1 to 100, standard 100; {@value #KEY_HEADER}, the header that carries the key, standard
 * {@code Authorization} (then as {@code ApiKey …}), also {@code X-API-KEY} or what a gateway in front of the registry
 * wants.
 *
 * <p>Stateless and safe for many threads.
 */
public final class ConsioConnectorFactory implements ConnectorFactory {

    /** The key of the setting that says whether the organization's plan has webhooks. */
    public static final String WEBHOOKS = "webhooks";

    /** The key of the setting for the page size. */
    public static final String PAGE_SIZE = "pageSize";

    /** The key of the setting for the name of the header that carries the API key. */
    public static final String KEY_HEADER = "keyHeader";

    private static final SystemType SYSTEM = new SystemType("consio", "Consio");
    private static final String STANDARD_HEADER = "Authorization";
    private static final String STANDARD_WEBHOOKS = "no";
    private static final Set<MemberField> BOTH_WAYS = Set.of(
            MemberField.EMAIL,
            MemberField.MOBILE,
            MemberField.STREET,
            MemberField.POSTAL_CODE,
            MemberField.CITY,
            MemberField.COUNTRY);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    private final ConsioVersions versions;

    /** Makes a factory. */
    public ConsioConnectorFactory() {
        this(ConsioVersions.assumed());
    }

    ConsioConnectorFactory(ConsioVersions versions) {
        this.versions = versions;
    }

    @Override
    public SystemType system() {
        return SYSTEM;
    }

    @Override
    public SettingsForm form() {
        return new SettingsForm(
                SettingsForm.CredentialKind.API_KEY,
                List.of(
                        new SettingsForm.Setting(
                                WEBHOOKS, "Webhooks in the organization's plan (yes/no)", false, STANDARD_WEBHOOKS),
                        new SettingsForm.Setting(
                                PAGE_SIZE, "Members in a page", false, String.valueOf(ConsioProfile.LARGEST_PAGE)),
                        new SettingsForm.Setting(KEY_HEADER, "Header for the API key", false, STANDARD_HEADER)));
    }

    @Override
    public MappingSet suggestedMapping() {
        return versions.newest().mapping();
    }

    /**
     * The suggested mapping with contact details that travel both ways. For integrations that write back. What the
     * registry decides, such as status and roles, still only comes in.
     *
     * @return the mapping
     */
    public MappingSet twoWayMapping() {
        return new MappingSet(suggestedMapping().mappings().stream()
                .map(mapping -> BOTH_WAYS.contains(mapping.field()) ? mapping.going(Direction.BOTH) : mapping)
                .toList());
    }

    @Override
    public Connector open(ConnectorContext context) {
        List<Violation> violations = new ArrayList<>();
        ConsioSettings settings = settings(context.settings(), violations);
        if (context.credentials() instanceof Credentials.ApiKey key && violations.isEmpty()) {
            return new ConsioConnector(versions, settings, context, key);
        }
        if (!(context.credentials() instanceof Credentials.ApiKey)) {
            violations.add(new Violation("credentials", "must be an API key"));
        }
        throw new InvalidConfigurationException("Integration '" + context.integration() + "'", violations);
    }

    private static ConsioSettings settings(Map<String, String> settings, List<Violation> violations) {
        String size = settings.getOrDefault(PAGE_SIZE, String.valueOf(ConsioProfile.LARGEST_PAGE));
        int pageSize = NUMBER.matcher(size).matches() ? Integer.parseInt(size) : 0;
        if (pageSize < 1 || pageSize > ConsioProfile.LARGEST_PAGE) {
            violations.add(new Violation(
                    "settings." + PAGE_SIZE, "must be a whole number from 1 to " + ConsioProfile.LARGEST_PAGE));
        }
        String keyHeader = settings.getOrDefault(KEY_HEADER, STANDARD_HEADER);
        HeaderNames.objection(keyHeader).ifPresent(why -> violations.add(new Violation("settings." + KEY_HEADER, why)));
        String webhooks = settings.getOrDefault(WEBHOOKS, STANDARD_WEBHOOKS);
        if (!webhooks.equals("yes") && !webhooks.equals("no")) {
            violations.add(new Violation("settings." + WEBHOOKS, "must be yes or no"));
        }
        return new ConsioSettings(pageSize, keyHeader, webhooks.equals("yes"));
    }
}
