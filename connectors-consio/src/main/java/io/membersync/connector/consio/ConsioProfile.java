package io.membersync.connector.consio;

import io.membersync.fault.Fault;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Transform;
import io.membersync.model.MemberField;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Everything that is assumed of one version of the vendor's interface, in one place: the vendor publishes no description
 * of it. Another profile makes the same connector speak another version or dialect. Immutable.
 *
 * @param version the version, as the registry tells it and wants it asked for
 * @param paths where things are, relative to the base URL
 * @param parameters the names of query parameters
 * @param envelope the names around every answer
 * @param member the names in a member that the connector itself has to know
 * @param deleted the names in the list of deleted members
 * @param info the names in the answer of the connection test
 * @param codes what error codes mean
 * @param clock how times are told
 * @param mapping where the fields of a member stand
 * @param number where personnummer are written
 */
record ConsioProfile(
        String version,
        Paths paths,
        Parameters parameters,
        EnvelopeNames envelope,
        MemberNames member,
        DeletedNames deleted,
        InfoNames info,
        Codes codes,
        Clock clock,
        MappingSet mapping,
        NumberNames number) {

    /** The most members a page holds; who asks for more silently gets as many. */
    static final int LARGEST_PAGE = 100;

    /** The header in which webhooks carry the shared token. Webhooks come before the registry is asked its version. */
    static final String WEBHOOK_HEADER = "X-Consio-Token";

    /**
     * Where things are.
     *
     * @param info the connection test
     * @param members the listing; a member is at this path, a slash and its id
     * @param deleted the list of deleted members
     */
    record Paths(String info, String members, String deleted) {}

    /**
     * The names of query parameters.
     *
     * @param version the version of the interface
     * @param page which page, from 1
     * @param size how many members a page holds
     * @param order what to sort by
     * @param byId the word for sorting by id
     * @param changedSince members changed at this time or later
     * @param deletedSince members deleted at this time or later
     */
    record Parameters(
            String version,
            String page,
            String size,
            String order,
            String byId,
            String changedSince,
            String deletedSince) {}

    /**
     * The names around every answer.
     *
     * @param status whether it worked
     * @param ok the word that it did
     * @param failed the word that it did not
     * @param http the status that HTTP should have had
     * @param messages the errors
     * @param code in an error, what, as a code
     * @param field in an error, where
     * @param page which page this is
     * @param size how many members a page holds at most
     * @param total how many members there are on all pages
     * @param data what was asked for
     */
    record EnvelopeNames(
            String status,
            String ok,
            String failed,
            String http,
            String messages,
            FieldPath code,
            FieldPath field,
            String page,
            String size,
            String total,
            String data) {}

    /**
     * The names in a member that the connector itself has to know.
     *
     * @param id the id, a whole number
     * @param changed when it was changed last, which is also its version
     * @param expected in a write, when it is believed to have been changed last
     * @param neverWritten what a write must not hold though a read does
     */
    record MemberNames(FieldPath id, FieldPath changed, String expected, String neverWritten) {}

    /**
     * The names in the list of deleted members.
     *
     * @param id the id
     * @param reason why it is gone
     * @param merged the reason that it was merged into another member
     * @param into that other member's id
     * @param kept how long a row stays in the list
     */
    record DeletedNames(FieldPath id, FieldPath reason, String merged, FieldPath into, Duration kept) {}

    /**
     * The names in the answer of the connection test.
     *
     * @param name the organization's name
     * @param version the version of the interface
     * @param webhooks whether the organization's plan has webhooks, where it is told
     */
    record InfoNames(FieldPath name, FieldPath version, FieldPath webhooks) {}

    /**
     * What error codes mean.
     *
     * @param faults codes that are to blame on something certain, whatever status they come with
     * @param keyAdvice for codes that blame the key, what is wrong and what to do, one sentence each
     * @param notFound the member is not there
     * @param unknownVersion the version asked for is not spoken
     */
    record Codes(Map<String, Fault> faults, Map<String, String> keyAdvice, String notFound, String unknownVersion) {
        Codes {
            faults = Map.copyOf(faults);
            keyAdvice = Map.copyOf(keyAdvice);
        }
    }

    /**
     * How times are told: on a wall clock, in whole seconds, without a zone.
     *
     * @param zone where the clock hangs
     * @param pattern how a time is written
     * @param overlap how much of what was read is read again, because seconds are shared and clocks differ
     */
    record Clock(ZoneId zone, String pattern, Duration overlap) {}

    /**
     * Where personnummer are written.
     *
     * @param path behind a member's path
     * @param number the number
     * @param source who vouches for it
     * @param held in a member, whether the registry holds a number
     * @param same the code when this number is there
     * @param another the code when another number is there
     * @param invalid the code when it is no number
     */
    record NumberNames(
            String path, String number, String source, FieldPath held, String same, String another, String invalid) {}

    /** {@return the interface as it is assumed to be} */
    static ConsioProfile assumed() {
        return new ConsioProfile(
                "2.3",
                new Paths("/info", "/medlemmer", "/medlemmer/slettede"),
                new Parameters("version", "side", "antall", "sorter", "medlemId", "endretEtter", "etter"),
                new EnvelopeNames(
                        "status",
                        "OK",
                        "FEIL",
                        "http",
                        "meldinger",
                        path("kode"),
                        path("felt"),
                        "side",
                        "antall",
                        "total",
                        "data"),
                new MemberNames(path("medlemId"), path("endret"), "forventetEndret", "personnr"),
                new DeletedNames(
                        path("medlemId"), path("arsak"), "SAMMENSLATT", path("tilMedlemId"), Duration.ofDays(90)),
                new InfoNames(path("data.organisasjon.navn"), path("data.apiVersjon"), path("data.webhooks")),
                assumedCodes(),
                new Clock(ZoneId.of("Europe/Oslo"), "uuuu-MM-dd'T'HH:mm:ss", Duration.ofMinutes(2)),
                assumedMapping(),
                new NumberNames(
                        "/personnr",
                        "personnr",
                        "kilde",
                        path("harPersonnr"),
                        "PERSONNR_FINNES",
                        "PERSONNR_ULIKT",
                        "PERSONNR_UGYLDIG"));
    }

    private static Codes assumedCodes() {
        return new Codes(
                Map.of(
                        "UGYLDIG_NOKKEL", Fault.CREDENTIALS,
                        "NOKKEL_STOPPET", Fault.CREDENTIALS,
                        "NOKKEL_UTLOPT", Fault.CREDENTIALS,
                        "FOR_MANGE_KALL", Fault.THROTTLED,
                        "INTERN_FEIL", Fault.REGISTRY_DOWN,
                        "VEDLIKEHOLD", Fault.REGISTRY_DOWN,
                        "ENDRET_SIDEN", Fault.CHANGED_MEANWHILE),
                Map.of(
                        "UGYLDIG_NOKKEL",
                        "Consio does not know the API key: check that it was copied whole.",
                        "NOKKEL_STOPPET",
                        "The organization has stopped the API key in Consio: have it started again, or use a new one.",
                        "NOKKEL_UTLOPT",
                        "The API key has expired: have a new one made in Consio."),
                "IKKE_FUNNET",
                "UKJENT_VERSJON");
    }

    private static MappingSet assumedMapping() {
        return MappingSet.of(
                Mapping.inbound(MemberField.MEMBER_NUMBER, "medlemsnr"),
                Mapping.inbound(MemberField.FIRST_NAME, "fornavn"),
                Mapping.inbound(MemberField.LAST_NAME, "etternavn").needed(),
                Mapping.inbound(MemberField.BIRTH_DATE, "fodselsdato").then(new Transform.DateForm("dd.MM.uuuu")),
                Mapping.inbound(MemberField.EMAIL, "epost"),
                Mapping.inbound(MemberField.MOBILE, "mobil").then(new Transform.PhoneForm("47", 8)),
                Mapping.inbound(MemberField.STREET, "adresse1"),
                Mapping.inbound(MemberField.POSTAL_CODE, "postnr"),
                Mapping.inbound(MemberField.CITY, "poststed"),
                Mapping.inbound(MemberField.COUNTRY, "land"),
                Mapping.inbound(MemberField.PROTECTED_ADDRESS, "sperret"),
                Mapping.inbound(MemberField.STATUS, "status")
                        .then(new Transform.CodeList(
                                Map.of("A", "ACTIVE", "P", "PENDING", "S", "LAPSED", "U", "RESIGNED", "D", "DECEASED")))
                        .needed(),
                Mapping.inbound(MemberField.MEMBER_FROM, "innmeldt"),
                Mapping.inbound(MemberField.MEMBER_TO, "utmeldt"),
                Mapping.inbound(MemberField.PAID_UNTIL, "betalttil"),
                Mapping.inbound(MemberField.ROLES, "verv").then(new Transform.JoinParts(List.of("kode", "lagnr"), "@")),
                Mapping.inbound(MemberField.AFFILIATIONS, "lagnr", "verv[].lagnr"));
    }

    private static FieldPath path(String text) {
        return FieldPath.parse(text);
    }
}
