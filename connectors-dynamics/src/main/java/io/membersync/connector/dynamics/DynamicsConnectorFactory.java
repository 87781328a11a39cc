package io.membersync.connector.dynamics;

import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SystemType;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Transform;
import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes connectors to contacts in Microsoft Dataverse, such as behind HLF's member portal. The endpoint is the root of the
 * environment's Web API, such as {@code https://hlf.crm4.dynamics.com/api/data/v9.2}; the credential is an application
 * with a client secret or a certificate, or an API key where a gateway in front of the environment wants one.
 *
 * <p>Settings, all optional: {@code columns}, the columns that are read, with commas between, standard HLF's;
 * {@code memberNumberColumn}, standard {@code hlf_membernumber}; {@code nationalIdColumn}, the
 * column of the personnummer where enrichment may read and write it, standard none; {@code pageSize}, how many contacts a page is asked for,
 * standard 1000, cut to Dataverse's most of 5000; {@code keyHeader}, the header that carries an API key, standard
 * {@code X-API-Key}; {@code webhookHeader}, the header in which webhooks carry the shared key that the service endpoint
 * is registered with (type <i>HttpHeader</i>), standard {@code X-MemberSync-Key}; {@code labels}, {@code yes} or {@code no}: whether what people see for choices and lookups is asked
 * for too, standard {@code no}; {@code timeZone}, standard {@code Europe/Oslo}.
 *
 * <p>A mapping's path is a column as rows name it, a lookup {@code _name_value}. Behind a dot may stand {@code label}, what
 * people see for the value; {@code day}, the date in the time zone of a column that holds date and time; {@code state},
 * the value, a slash and 0 for an active or 1 for a deactivated contact. A {@code []} behind a multiple choice gives the
 * list of its codes.
 *
 * <p>Stateless and safe for many threads.
 */
public final class DynamicsConnectorFactory implements ConnectorFactory {

    private static final SystemType SYSTEM = new SystemType("dynamics", "Microsoft Dynamics (Min Side)");

    // A contact that somebody deactivated is no member any more, whatever is still noted as its status.
    private static final Map<String, String> STATUSES = Map.ofEntries(
            Map.entry("100000000/0", "ACTIVE"),
            Map.entry("100000001/0", "PENDING"),
            Map.entry("100000002/0", "LAPSED"),
            Map.entry("100000003/0", "RESIGNED"),
            Map.entry("100000004/0", "DECEASED"),
            Map.entry("100000000/1", "RESIGNED"),
            Map.entry("100000001/1", "RESIGNED"),
            Map.entry("100000002/1", "LAPSED"),
            Map.entry("100000003/1", "RESIGNED"),
            Map.entry("100000004/1", "DECEASED"));
    private static final Map<String, String> ROLES =
            Map.of("1", "LEADER", "2", "DEPUTY_LEADER", "3", "TREASURER", "4", "BOARD_MEMBER", "5", "PEER_MENTOR");
    private static final Map<String, String> MENTOR_STATUSES = Map.of("1", "ACTIVE", "2", "SUSPENDED", "3", "EXPIRED");

    private final DynamicsProfile profile = DynamicsProfile.hlf();

    /** Makes a factory. */
    public DynamicsConnectorFactory() {}

    @Override
    public SystemType system() {
        return SYSTEM;
    }

    @Override
    public SettingsForm form() {
        return new SettingsForm(SettingsForm.CredentialKind.OAUTH_CLIENT, DynamicsSettings.form(profile));
    }

    @Override
    public MappingSet suggestedMapping() {
        return MappingSet.of(
                Mapping.inbound(MemberField.MEMBER_NUMBER, "hlf_membernumber"),
                Mapping.inbound(MemberField.FIRST_NAME, "firstname"),
                Mapping.inbound(MemberField.LAST_NAME, "lastname").needed(),
                Mapping.inbound(MemberField.BIRTH_DATE, "birthdate"),
                Mapping.inbound(MemberField.EMAIL, "emailaddress1"),
                Mapping.inbound(MemberField.MOBILE, "mobilephone").then(new Transform.PhoneForm("47", 8)),
                Mapping.inbound(MemberField.STREET, "address1_line1"),
                Mapping.inbound(MemberField.POSTAL_CODE, "address1_postalcode"),
                Mapping.inbound(MemberField.CITY, "address1_city"),
                Mapping.inbound(MemberField.COUNTRY, "address1_country"),
                Mapping.inbound(MemberField.PROTECTED_ADDRESS, "hlf_protected"),
                Mapping.inbound(MemberField.STATUS, "hlf_memberstatus.state")
                        .then(new Transform.CodeList(STATUSES))
                        .needed(),
                Mapping.inbound(MemberField.MEMBERSHIP_TYPE, "hlf_membertype"),
                Mapping.inbound(MemberField.MEMBER_FROM, "hlf_validfrom"),
                Mapping.inbound(MemberField.MEMBER_TO, "hlf_validto"),
                Mapping.inbound(MemberField.PAID_UNTIL, "hlf_paiduntil"),
                Mapping.inbound(MemberField.ROLES, "hlf_roles[]").then(new Transform.CodeList(ROLES)),
                Mapping.inbound(MemberField.AFFILIATIONS, "_hlf_chapter_value"));
    }

    /**
     * The suggested mapping, and what the app owns on its way out: certification and peer-mentor status. For integrations
     * that write back.
     *
     * @return the mapping
     */
    public MappingSet twoWayMapping() {
        List<Mapping> all = new ArrayList<>(suggestedMapping().mappings());
        all.add(Mapping.inbound(MemberField.CERTIFIED_FROM, "hlf_certifiedfrom.day")
                .going(Direction.OUTBOUND));
        all.add(Mapping.inbound(MemberField.CERTIFIED_UNTIL, "hlf_certifieduntil.day")
                .going(Direction.OUTBOUND));
        all.add(Mapping.inbound(MemberField.MENTOR_STATUS, "hlf_mentorstatus")
                .then(new Transform.CodeList(MENTOR_STATUSES))
                .going(Direction.OUTBOUND));
        return new MappingSet(all);
    }

    @Override
    public Connector open(ConnectorContext context) {
        DynamicsSettings settings = new DynamicsSettings(context.settings(), profile);
        DynamicsProfile configured = settings.profile();
        List<Violation> violations = new ArrayList<>(settings.violations());
        boolean usable = context.credentials() instanceof Credentials.ApiKey
                || context.credentials() instanceof Credentials.OAuthClient;
        if (!usable) {
            violations.add(new Violation("credentials", "must be a client secret, a client certificate or an API key"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidConfigurationException("Integration '" + context.integration() + "'", violations);
        }
        return new DynamicsConnector(configured, context);
    }
}
