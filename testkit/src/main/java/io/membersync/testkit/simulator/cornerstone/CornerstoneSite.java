package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.internal.RequestQuota;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.Site;
import java.util.Map;
import java.util.Optional;

/** The whole contract: which request goes where, and who may make it. Threads: safe for many threads. */
final class CornerstoneSite implements Site {

    private final SiteSettings settings;
    private final Map<String, CornerstoneRoom> rooms;
    private final AccessKeys keys;
    private final ContractWatch watch;
    private final Optional<Site> admin;
    private final Map<String, Operation> operations;

    CornerstoneSite(
            SiteSettings settings,
            Map<String, CornerstoneRoom> rooms,
            AccessKeys keys,
            ContractWatch watch,
            Endpoints endpoints,
            Optional<Site> admin) {
        this.settings = settings;
        this.rooms = rooms;
        this.keys = keys;
        this.watch = watch;
        this.admin = admin;
        this.operations = Map.of(
                "GET /ping", new Operation("", this::ping),
                "GET /members", new Operation("members:read", endpoints.reading()::members),
                "GET /changes", new Operation("members:read", endpoints.reading()::changes),
                "POST /members/search", new Operation("members:read", endpoints.reading()::search),
                "GET /members/{id}", new Operation("members:read", endpoints.member()::read),
                "PATCH /members/{id}", new Operation("members:write", endpoints.member()::patch),
                "POST /members", new Operation("members:write", endpoints.member()::create),
                "PUT /members/{id}/nin", new Operation("nin:write", endpoints.nin()::put));
    }

    /** The parts the routes are answered by. */
    record Endpoints(ReadingEndpoints reading, MemberEndpoints member, NinEndpoint nin) {}

    /** What a route needs and who answers it. */
    private record Operation(String scope, Endpoint endpoint) {}

    @Override
    public String route(SimulatedRequest request) {
        if (request.path().startsWith(AdminSite.PREFIX)) {
            return request.method() + " " + AdminSite.PREFIX;
        }
        return request.method() + " "
                + ApiPath.read(request.path()).map(ApiPath::template).orElse("?");
    }

    @Override
    public Answer answer(SimulatedRequest request) {
        if (admin.isPresent() && request.path().startsWith(AdminSite.PREFIX)) {
            return admin.get().answer(request);
        }
        Optional<ApiPath> path = ApiPath.read(request.path());
        if (path.isEmpty()) {
            return Answer.of(404, "text/html; charset=utf-8", "<html><body><h1>404 Not Found</h1></body></html>");
        }
        watch.look(route(request), request);
        return settings.dressed(answer(path.get(), request));
    }

    private Answer answer(ApiPath path, SimulatedRequest request) {
        Operation operation = operations.get(request.method() + " " + path.template());
        Optional<Answer> refusal = settings.closed()
                .or(() -> keys.refusal(request, path.room(), operation == null ? "" : operation.scope()));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<RequestQuota.Left> left = settings.use(keys.caller(request).orElseThrow());
        if (left.isPresent() && left.get().exceeded()) {
            return RateHeaders.refusal(left.get());
        }
        Answer answer = operation == null ? unknown(path) : answer(operation, path, request);
        return left.isPresent() ? RateHeaders.shownIn(answer, left.get()) : answer;
    }

    private Answer answer(Operation operation, ApiPath path, SimulatedRequest request) {
        CornerstoneRoom room = rooms.get(path.room());
        return room == null ? Problem.notFound("room") : operation.endpoint().answer(room, path.memberId(), request);
    }

    private Answer unknown(ApiPath path) {
        boolean otherMethod = operations.keySet().stream().anyMatch(route -> route.endsWith(" " + path.template()));
        return otherMethod
                ? Problem.of(405, "method-not-allowed", "Method not allowed", "The resource has other methods.")
                        .answer()
                : Problem.notFound("resource");
    }

    private Answer ping(CornerstoneRoom room, String none, SimulatedRequest request) {
        ObjectNode body = MemberJson.object().put("room", room.id()).put("roomName", room.name());
        body.put("apiVersion", "1.6");
        keys.caller(request).orElseThrow().scopes().stream().sorted().forEach(body.withArray("scopes")::add);
        if (settings.countInPing()) {
            body.put("members", room.count());
        }
        return MemberJson.answer(200, body);
    }
}
