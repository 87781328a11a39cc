package io.membersync.testkit.simulator.dataverse;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.Site;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The environment's Web API: which request goes where, and who may make it. Threads: safe for many threads. */
final class DataverseSite implements Site {

    static final String PREFIX = "/api/data/v9.2";

    private static final String CONTACT_DEFINITION = "/EntityDefinitions(LogicalName='contact')";

    private final DataverseSwitches switches;
    private final EntraSite entra;
    private final Map<String, String> keyHeader;
    private final ServiceProtection protection;
    private final ContactReads reads;
    private final ContactWrites writes;
    private final ContactTable table;
    private final Map<String, Function<SimulatedRequest, Answer>> operations;

    DataverseSite(Parts parts, EntraSite entra, Map<String, String> keyHeader, ServiceProtection protection) {
        this.switches = parts.switches();
        this.entra = entra;
        this.keyHeader = keyHeader;
        this.protection = protection;
        this.table = parts.table();
        this.reads = parts.reads();
        this.writes = parts.writes();
        MetadataAnswers metadata = parts.metadata();
        this.operations = Map.of(
                "GET /WhoAmI", metadata::whoAmI,
                "GET /RetrieveCurrentOrganization", metadata::organization,
                "GET /EntityDefinitions", metadata::table,
                "GET /EntityDefinitions/Attributes", metadata::columns,
                "GET /EntityDefinitions/Keys", metadata::keys,
                "GET /RetrieveTotalRecordCount", metadata::count,
                "GET /contacts", reads::read,
                "GET /contacts/delta", reads::read,
                "GET /contacts/filter", reads::read,
                "POST /contacts", writes::create);
    }

    /** The parts that the routes are answered by. */
    record Parts(
            DataverseSwitches switches,
            ContactTable table,
            ContactReads reads,
            ContactWrites writes,
            MetadataAnswers metadata) {}

    @Override
    public String route(SimulatedRequest request) {
        return request.method() + " " + template(request);
    }

    private static String template(SimulatedRequest request) {
        String path = request.path().startsWith(PREFIX) ? request.path().substring(PREFIX.length()) : "?";
        if (path.startsWith("/RetrieveCurrentOrganization(")) {
            return "/RetrieveCurrentOrganization";
        } else if (path.startsWith("/RetrieveTotalRecordCount(")) {
            return "/RetrieveTotalRecordCount";
        } else if (path.startsWith(CONTACT_DEFINITION)) {
            return "/EntityDefinitions" + path.substring(CONTACT_DEFINITION.length());
        } else if (path.equals("/contacts")) {
            boolean filter = Links.raw(request.target(), "$filter").isPresent();
            return ContactReads.isDelta(request) ? "/contacts/delta" : filter ? "/contacts/filter" : path;
        }
        return ApiPath.read(path)
                .map(one -> one.id().isPresent() ? "/contacts(id)" : "/contacts(key)")
                .orElse(path);
    }

    @Override
    public Answer answer(SimulatedRequest request) {
        Optional<Answer> refusal = refusal(request).or(protection::enter);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            look(request);
            return operation(request).with("x-ms-service-request-id", "0b000000-0000-4000-8000-000000000001");
        } finally {
            protection.leave();
        }
    }

    private Answer operation(SimulatedRequest request) {
        Function<SimulatedRequest, Answer> operation = operations.get(route(request));
        if (operation != null) {
            return operation.apply(request);
        }
        String path = request.path().startsWith(PREFIX) ? request.path().substring(PREFIX.length()) : "?";
        if (path.equals("/contacts/$count") && request.method().equals("GET")) {
            int capped = Math.min(Preferences.LARGEST_PAGE, table.size());
            return Answer.of(200, "text/plain", Integer.toString(capped));
        }
        Optional<ApiPath> one = ApiPath.read(path);
        if (one.isEmpty()) {
            return path.equals("?")
                    ? Answer.of(404, "text/html; charset=utf-8", "<html><body>404 - File not found</body></html>")
                    : ODataAnswer.error(404, ODataAnswer.UNKNOWN_RESOURCE, "Resource not found for the segment.");
        }
        return switch (request.method()) {
            case "GET" -> writes.read(one.get(), request);
            case "PATCH" -> writes.patch(one.get(), request);
            case "DELETE" -> writes.delete(one.get(), request);
            default -> ODataAnswer.error(405, "0x80060888", "The method is not allowed.");
        };
    }

    private Optional<Answer> refusal(SimulatedRequest request) {
        boolean byKey = keyHeader.entrySet().stream()
                .anyMatch(key -> request.header(key.getKey())
                        .filter(key.getValue()::equals)
                        .isPresent());
        String bearer = request.header("Authorization").orElse("");
        boolean byToken = bearer.startsWith("Bearer ") && entra.admits(bearer.substring("Bearer ".length()));
        if (entra.revoked || (!byKey && !byToken)) {
            return Optional.of(Answer.of(401)
                    .with("WWW-Authenticate", "Bearer authorization_uri=https://login.microsoftonline.com/common"));
        }
        if (!switches.applicationUser) {
            return Optional.of(
                    ODataAnswer.error(403, ODataAnswer.NO_USER, "The user is not a member of the organization."));
        }
        boolean table = request.path().startsWith(PREFIX + "/contacts");
        return switches.privilege || !table
                ? Optional.empty()
                : Optional.of(
                        ODataAnswer.error(
                                403,
                                ODataAnswer.PRIVILEGE,
                                "Principal user (Id=0a000000-0000-4000-8000-000000000003) is missing prvReadContact privilege"));
    }

    private void look(SimulatedRequest request) {
        for (String header : new String[] {"OData-MaxVersion", "OData-Version"}) {
            if (!request.header(header).orElse("").equals("4.0")) {
                switches.note(header + " was not sent");
            }
        }
        if (request.header("Accept").isEmpty()) {
            switches.note("no Accept header was sent");
        }
        boolean json = request.header("Content-Type").orElse("").startsWith("application/json");
        if (request.body().length > 0 && !json) {
            switches.note("the body was not declared as JSON");
        }
    }
}
