package io.membersync.connector.cornerstone;

import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.SingleReader;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;
import io.membersync.model.ExternalId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads members one by one: one request each, the registry has no other way. Safe for many threads. */
final class CornerstoneSingles implements SingleReader {

    private static final int MOST = 100;

    private final CornerstoneProfile profile;
    private final CornerstoneCalls calls;
    private final CornerstoneJson json;
    private final InstantSource time;

    CornerstoneSingles(CornerstoneProfile profile, CornerstoneCalls calls, CornerstoneJson json, InstantSource time) {
        this.profile = profile;
        this.calls = calls;
        this.json = json;
        this.time = time;
    }

    @Override
    public Page read(Collection<ExternalId> ids) {
        if (ids.size() > MOST) {
            throw new IllegalArgumentException("At most " + MOST + " members are read at once");
        }
        List<RegistryRecord> records = new ArrayList<>(ids.size());
        Instant readAt = time.instant();
        boolean first = true;
        for (ExternalId id : ids) {
            if (!calls.addressable(id)) {
                records.add(unreadable(id, "an id that cannot stand in a path"));
                continue;
            }
            GatewayResponse answer = calls.member(id);
            readAt = first || answer.sentAt().isBefore(readAt) ? answer.sentAt() : readAt;
            first = false;
            records.add(record(id, answer));
        }
        return new Page(records, Optional.empty(), Page.Ending.COMPLETE, Optional.empty(), readAt);
    }

    /** Reads one member. */
    RegistryRecord read(ExternalId id) {
        return read(List.of(id)).records().get(0);
    }

    private RegistryRecord record(ExternalId id, GatewayResponse answer) {
        String what = calls.what("GET", profile.paths().members() + "/{id}");
        return switch (answer.status()) {
            case 301, 308 -> merged(id, answer);
            case 404, 410 -> gone(id, what, answer);
            default -> ownRecord(id, json.member(what, answer.body()));
        };
    }

    private RegistryRecord ownRecord(ExternalId id, RegistryRecord found) {
        if (found instanceof RegistryRecord.Present present
                && !present.externalId().equals(id)) {
            return unreadable(id, "another id than the one asked for");
        } else if (found instanceof RegistryRecord.Unreadable bad) {
            return new RegistryRecord.Unreadable(Optional.of(id), bad.path(), bad.reason(), bad.said());
        }
        return found;
    }

    // A proxy's or a misplaced path's 404 looks the same but for its body, and must not end a membership.
    private RegistryRecord gone(ExternalId id, String what, GatewayResponse answer) {
        Optional<Problem> problem = Problem.of(answer.body(), profile.problem());
        if (problem.isEmpty()) {
            throw new RegistryException(
                    Fault.ENDPOINT, what + ": status " + answer.status() + " did not come from the registry itself");
        }
        return new RegistryRecord.Gone(id, json.reason(problem.get().body()));
    }

    private RegistryRecord merged(ExternalId id, GatewayResponse answer) {
        String location = answer.header("Location").orElse("");
        return Optional.ofNullable(idIn(location))
                .flatMap(CornerstoneRecords::externalId)
                .filter(into -> !into.equals(id))
                .<RegistryRecord>map(into -> new RegistryRecord.Merged(id, into))
                .orElseGet(() -> unreadable(id, "moved to a place that is no other member's"));
    }

    private @Nullable String idIn(String location) {
        String path = location.split("[?#]", 2)[0];
        int slash = path.lastIndexOf('/');
        if (slash < 0 || !path.substring(0, slash).endsWith(profile.paths().members())) {
            return null;
        }
        try {
            return URLDecoder.decode(path.substring(slash + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private RegistryRecord unreadable(ExternalId id, String reason) {
        return new RegistryRecord.Unreadable(
                Optional.of(id), profile.member().id().text(), reason);
    }
}
