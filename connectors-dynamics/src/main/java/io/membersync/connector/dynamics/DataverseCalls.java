package io.membersync.connector.dynamics;

import io.membersync.connector.ConnectorContext;
import io.membersync.connector.Cursor;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sends the requests of one integration. An application's access token is the gateway's business, an API key goes into
 * its header here. Safe for many threads.
 */
final class DataverseCalls {

    private static final Pattern LINK = Pattern.compile("https?://.+", Pattern.DOTALL);
    private static final byte[] NO_BODY = {};

    private final DynamicsProfile profile;
    private final ConnectorContext context;
    private final String select;
    private final String paging;

    DataverseCalls(DynamicsProfile profile, ConnectorContext context) {
        this.profile = profile;
        this.context = context;
        this.select = "$select=" + String.join(",", profile.selected());
        this.paging = "odata.maxpagesize=" + profile.pageSize() + labels();
    }

    private String labels() {
        return profile.labels() ? ",odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"" : "";
    }

    /** Asks something about the environment, once: a test must answer soon. */
    GatewayResponse ask(String target) {
        return send(GatewayRequest.of("GET", target, null, NO_BODY));
    }

    /** Reads the first page of all contacts, tracking changes from now on. */
    GatewayResponse firstTracked() {
        return send(GatewayRequest.get(DynamicsProfile.ROWS + "?" + select)
                .header("Prefer", "odata.track-changes," + paging)
                .accepting(400));
    }

    /** Reads the first page of all contacts of a table that does not track changes. */
    GatewayResponse first() {
        return send(GatewayRequest.get(DynamicsProfile.ROWS + "?" + select).header("Prefer", paging));
    }

    /**
     * Follows a link of an earlier page, byte for byte. The gateway sends nothing to another origin than its own.
     *
     * @throws RegistryException with {@code CURSOR_EXPIRED} when the link is none, or leads to what is no longer there
     */
    GatewayResponse follow(Cursor link) {
        String what = what("GET", DynamicsProfile.ROWS);
        if (!LINK.matcher(link.text()).matches()) {
            throw new RegistryException(Fault.CURSOR_EXPIRED, what + ": the stored place is no link of this registry");
        }
        GatewayResponse answer = send(GatewayRequest.get(link.text())
                .header("Prefer", paging)
                .meaning(DataverseError.EXPIRED_TOKEN, Fault.CURSOR_EXPIRED)
                .accepting(410));
        if (answer.status() == 410) {
            throw new RegistryException(Fault.CURSOR_EXPIRED, what + ": the registry no longer knows the place");
        }
        return answer;
    }

    /** Reads the contacts that a filter admits, as they are after all writes. */
    GatewayResponse filtered(String filter, int most) {
        return send(GatewayRequest.get(DynamicsProfile.ROWS + "?" + select + "&$filter=" + filter)
                .header("Prefer", "odata.maxpagesize=" + most + labels())
                .header("Consistency", "Strong"));
    }

    /** Reads the contact with a member number by the alternate key. */
    GatewayResponse byKey(String encodedNumber) {
        String key = profile.names().memberNumber() + "='" + encodedNumber + "'";
        GatewayRequest request = GatewayRequest.get(DynamicsProfile.ROWS + "(" + key + ")?" + select);
        return send((profile.labels() ? request.header("Prefer", labels().substring(1)) : request).accepting(404));
    }

    /** Reads one column of a contact, as it is after all writes. */
    GatewayResponse column(String id, String column) {
        return send(GatewayRequest.get(DynamicsProfile.ROWS + "(" + id + ")?$select=" + column)
                .header("Consistency", "Strong")
                .accepting(404));
    }

    /** Writes to one contact on the condition that it still has a version. Without the condition it could be made anew. */
    GatewayResponse patch(String id, String version, byte[] changes) {
        return send(GatewayRequest.of(
                        "PATCH",
                        DynamicsProfile.ROWS + "(" + id + ")?" + select,
                        "application/json; charset=utf-8",
                        changes)
                .header("If-Match", version)
                .header("Prefer", "return=representation" + labels())
                .accepting(400, 404, 412));
    }

    /** {@return how messages speak of a request: the integration, the method and the path without ids} */
    String what(String method, String path) {
        return "Integration '" + context.integration() + "', " + method + " " + path;
    }

    private GatewayResponse send(GatewayRequest request) {
        GatewayRequest dressed = request.header("Accept", "application/json")
                .header("OData-MaxVersion", "4.0")
                .header("OData-Version", "4.0")
                .header("If-None-Match", "null")
                .accepting(403);
        if (context.credentials() instanceof Credentials.ApiKey key) {
            dressed = dressed.header(profile.keyHeader(), key.reveal());
        }
        GatewayResponse answer = context.gateway().send(dressed);
        if (answer.status() == 403) {
            throw forbidden(request, DataverseError.of(answer.body()));
        }
        return answer;
    }

    private RegistryException forbidden(GatewayRequest request, Optional<DataverseError> error) {
        String code = error.map(DataverseError::code).orElse("");
        String advice = switch (code) {
            case DataverseError.NO_USER ->
                "The application is not a user of this environment. The environment's administrator must add it as an"
                        + " application user and give it a security role.";
            case DataverseError.PRIVILEGE ->
                "The application user lacks a privilege. Its security role must let it read contacts of the whole"
                        + " organization, and write them where values are to go out.";
            default -> "The environment refuses the application. Check its application user and security role.";
        };
        return new RegistryException(
                        Fault.CREDENTIALS,
                        what(request.method(), DynamicsProfile.ROWS) + " was answered with 403"
                                + error.map(DataverseError::inBrackets).orElse(""))
                .advising(advice);
    }
}
