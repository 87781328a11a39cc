package io.membersync.connector.cornerstone;

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
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Transform;
import io.membersync.model.MemberField;
import io.membersync.model.MemberStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes connectors to Cornerstone registries. The endpoint is a room's base URL, such as
 * {@code https://host/api/v1/rooms/room}; the credential is an API key.
 *
 * <p>Settings: {@value #PAGE_SIZE}, how many members or events a page is asked for, 1 to 500, standard 500;
 * {@value #KEY_HEADER}, the header that carries the key, standard {@code X-API-Key}, for a gateway in front of the
 * registry that wants another.
 *
 * <p>Stateless and safe for many threads.
 */
public final class CornerstoneConnectorFactory implements ConnectorFactory {

    private static final Set<MemberField> BOTH_WAYS = Set.of(
            MemberField.EMAIL,
            MemberField.MOBILE,
            MemberField.STREET,
            MemberField.POSTAL_CODE,
            MemberField.CITY,
            MemberField.COUNTRY);

    /** The key of the setting for the page size. */
    public static final String PAGE_SIZE = "pageSize";

    /** The key of the setting for the name of the header that carries the API key. */
    public static final String KEY_HEADER = "keyHeader";

    private static final SystemType SYSTEM = new SystemType("cornerstone", "Cornerstone");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    private final CornerstoneProfile profile = CornerstoneProfile.assumed();

    /** Makes a factory. */
    public CornerstoneConnectorFactory() {}

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
                                PAGE_SIZE, "Members in a page", false, String.valueOf(profile.pageSize())),
                        new SettingsForm.Setting(KEY_HEADER, "Header for the API key", false, profile.keyHeader())));
    }

    @Override
    public MappingSet suggestedMapping() {
        return MappingSet.of(
                Mapping.inbound(MemberField.MEMBER_NUMBER, "memberNumber"),
                Mapping.inbound(MemberField.FIRST_NAME, "person.firstName"),
                Mapping.inbound(MemberField.LAST_NAME, "person.lastName").needed(),
                Mapping.inbound(MemberField.BIRTH_DATE, "person.birthDate"),
                Mapping.inbound(MemberField.EMAIL, "contact.email"),
                Mapping.inbound(MemberField.MOBILE, "contact.mobile"),
                Mapping.inbound(MemberField.STREET, "address.street"),
                Mapping.inbound(MemberField.POSTAL_CODE, "address.postalCode"),
                Mapping.inbound(MemberField.CITY, "address.city"),
                Mapping.inbound(MemberField.COUNTRY, "address.country"),
                Mapping.inbound(MemberField.PROTECTED_ADDRESS, "protected"),
                Mapping.inbound(MemberField.STATUS, "membership.status")
                        .then(new Transform.CodeList(statuses()))
                        .needed(),
                Mapping.inbound(MemberField.MEMBERSHIP_TYPE, "membership.type"),
                Mapping.inbound(MemberField.MEMBER_FROM, "membership.from"),
                Mapping.inbound(MemberField.MEMBER_TO, "membership.to"),
                Mapping.inbound(MemberField.PAID_UNTIL, "membership.paidUntil"),
                Mapping.inbound(MemberField.ROLES, "roles")
                        .then(new Transform.JoinParts(List.of("code", "unitId"), "@")),
                Mapping.inbound(MemberField.AFFILIATIONS, "membership.unitId", "roles[].unitId"));
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

    // The registry's five codes are ours; ours has one more, which no registry may set.
    private static Map<String, String> statuses() {
        return Arrays.stream(MemberStatus.values())
                .filter(status -> status != MemberStatus.TERMINATED)
                .map(MemberStatus::name)
                .collect(Collectors.toMap(Function.identity(), Function.identity()));
    }

    @Override
    public Connector open(ConnectorContext context) {
        List<Violation> violations = new ArrayList<>();
        int pageSize = pageSize(context.settings(), violations);
        String keyHeader = context.settings().getOrDefault(KEY_HEADER, profile.keyHeader());
        HeaderNames.objection(keyHeader).ifPresent(why -> violations.add(new Violation("settings." + KEY_HEADER, why)));
        if (context.credentials() instanceof Credentials.ApiKey key && violations.isEmpty()) {
            return new CornerstoneConnector(profile.with(keyHeader, pageSize), context, key);
        }
        if (!(context.credentials() instanceof Credentials.ApiKey)) {
            violations.add(new Violation("credentials", "must be an API key"));
        }
        throw new InvalidConfigurationException("Integration '" + context.integration() + "'", violations);
    }

    private int pageSize(Map<String, String> settings, List<Violation> violations) {
        String text = settings.getOrDefault(PAGE_SIZE, String.valueOf(profile.pageSize()));
        int size = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (size < 1 || size > CornerstoneProfile.LARGEST_PAGE) {
            violations.add(new Violation(
                    "settings." + PAGE_SIZE, "must be a whole number from 1 to " + CornerstoneProfile.LARGEST_PAGE));
            return 1;
        }
        return size;
    }
}
