package io.membersync.connector.dynamics;

import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that is assumed of an environment, in one place. The table is Dataverse's own contact table; the columns with
 * a prefix are the customer's, and their names are settings. Immutable.
 *
 * @param columns the columns that are read, as rows name them: a lookup is {@code _name_value}
 * @param names the columns whose meaning the connector itself needs
 * @param pageSize how many contacts or changes a page is asked for, 1 to {@link #LARGEST_PAGE}
 * @param keyHeader the header that carries the API key, where a gateway in front of the environment wants one
 * @param webhookHeader the header in which webhooks carry the shared key
 * @param labels whether what people see for a choice or lookup is asked for too
 * @param zone where a moment is a day, for columns that hold date and time
 */
record DynamicsProfile(
        List<String> columns,
        Names names,
        int pageSize,
        String keyHeader,
        String webhookHeader,
        boolean labels,
        ZoneId zone) {

    /** Dataverse silently cuts larger pages to this. */
    static final int LARGEST_PAGE = 5_000;

    /** The table's logical name. */
    static final String TABLE = "contact";

    /** The name of the table's rows in addresses. */
    static final String ROWS = "/contacts";

    /**
     * The columns whose meaning the connector itself needs. All but the member number are Dataverse's own.
     *
     * @param id the primary key
     * @param state 0 for an active contact, 1 for a deactivated one
     * @param merged whether the contact was merged into another
     * @param master the contact that it was merged into
     * @param memberNumber the member number, which an alternate key makes unique
     * @param nationalId the personnummer, which the application may read and write; empty where it may not
     */
    record Names(
            String id, String state, String merged, String master, String memberNumber, Optional<String> nationalId) {}

    DynamicsProfile {
        columns = List.copyOf(columns);
        if (pageSize < 1 || pageSize > LARGEST_PAGE) {
            throw new IllegalArgumentException("A page holds 1 to " + LARGEST_PAGE + " contacts");
        }
    }

    /** {@return the environment of HLF's member portal, as far as it is known} */
    static DynamicsProfile hlf() {
        return new DynamicsProfile(
                List.of(
                        "firstname",
                        "lastname",
                        "birthdate",
                        "emailaddress1",
                        "mobilephone",
                        "address1_line1",
                        "address1_postalcode",
                        "address1_city",
                        "address1_country",
                        "hlf_membernumber",
                        "hlf_memberstatus",
                        "hlf_membertype",
                        "hlf_validfrom",
                        "hlf_validto",
                        "hlf_paiduntil",
                        "hlf_protected",
                        "hlf_roles",
                        "_hlf_chapter_value",
                        "hlf_mentorstatus",
                        "hlf_certifiedfrom",
                        "hlf_certifieduntil"),
                new Names("contactid", "statecode", "merged", "_masterid_value", "hlf_membernumber", Optional.empty()),
                1_000,
                "X-API-Key",
                "X-MemberSync-Key",
                false,
                ZoneId.of("Europe/Oslo"));
    }

    /** {@return all columns that are asked for: the configured ones and those that the connector itself needs} */
    Set<String> selected() {
        Set<String> all = new LinkedHashSet<>(columns);
        all.addAll(List.of(names.state(), names.merged(), names.master()));
        return all;
    }

    /** {@return a column's name in the metadata} */
    static String logicalName(String column) {
        boolean lookup = column.startsWith("_") && column.endsWith("_value");
        return lookup ? column.substring(1, column.length() - "_value".length()) : column;
    }
}
