package io.membersync.connector.consio;

import io.membersync.connector.RegistryRecord;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.model.ExternalId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The registry's interface in the version that it speaks. Safe for many threads. */
final class ConsioApi {

    private final ConsioProfile profile;
    private final ConsioCalls calls;
    private final ConsioJson json;
    private final ConsioErrors errors;
    private final ConsioTimes times;

    ConsioApi(ConsioVersions versions, ConsioProfile profile, ConsioCalls calls) {
        this.profile = profile;
        this.calls = calls;
        this.json = new ConsioJson(profile);
        this.errors = new ConsioErrors(versions, profile, calls);
        this.times = new ConsioTimes(profile);
    }

    /** An answer with what was read of it. */
    record Answered(GatewayResponse answer, Envelope envelope) {}

    ConsioProfile profile() {
        return profile;
    }

    ConsioErrors errors() {
        return errors;
    }

    ConsioTimes times() {
        return times;
    }

    String what(String method, String path) {
        return calls.what(method, path);
    }

    /** Asks who the registry is, without judging what it says. */
    Answered info(boolean once) {
        GatewayResponse answer = calls.info(profile, once);
        return new Answered(answer, members(what("GET", profile.paths().info()), answer));
    }

    /** Reads a page of members, sorted by id, of all or of those changed since an instant. */
    Answered members(int page, int size, Optional<Instant> since) {
        String what = what("GET", profile.paths().members());
        GatewayResponse answer = calls.members(profile, page, size, since.map(times::since));
        return new Answered(answer, withData(what, errors.checked(what, answer, members(what, answer))));
    }

    /** Reads the members deleted since an instant, as far as the registry remembers them. */
    Answered deleted(Instant since) {
        String what = what("GET", profile.paths().deleted());
        GatewayResponse answer = calls.deleted(profile, times.since(since));
        return new Answered(answer, withData(what, errors.checked(what, answer, read(what, answer, json::deleted))));
    }

    /** Reads one member; an answer that it is not there is one, too. */
    Answered member(ExternalId id) {
        String what = what("GET", profile.paths().members() + "/{id}");
        GatewayResponse answer = calls.member(profile, id);
        Envelope envelope = members(what, answer);
        return new Answered(
                answer, errors.isNotFound(answer, envelope) ? envelope : errors.checked(what, answer, envelope));
    }

    /** Replaces one member, without judging what the registry says to that. */
    Answered replace(ExternalId id, byte[] record) {
        GatewayResponse answer = calls.replace(profile, id, record);
        return new Answered(answer, members(what("PUT", profile.paths().members() + "/{id}"), answer));
    }

    private Envelope members(String what, GatewayResponse answer) {
        return read(what, answer, json::members);
    }

    // A refusal may come from somebody on the way, who knows nothing of envelopes; its status says enough.
    private static Envelope read(String what, GatewayResponse answer, BiFunction<String, byte[], Envelope> reading) {
        try {
            return reading.apply(what, answer.body());
        } catch (RegistryException unreadable) {
            if (answer.status() / 100 == 2) {
                throw unreadable;
            }
            return new Envelope(List.of(), false, Map.of(), Optional.empty());
        }
    }

    /** Gives one member a personnummer, without judging what the registry says to that. */
    Answered number(ExternalId id, byte[] number) {
        String what = what(
                "POST", profile.paths().members() + "/{id}" + profile.number().path());
        GatewayResponse answer = calls.number(profile, id, number);
        return new Answered(answer, json.members(what, answer.body()));
    }

    private Envelope withData(String what, Envelope envelope) {
        if (!envelope.hasData()) {
            throw JsonAnswer.unreadable(what, "lacks '" + profile.envelope().data() + "'");
        }
        return envelope;
    }

    /** {@return the one member of an answer; unreadable where it is another than the one asked for} */
    RegistryRecord only(ExternalId id, Envelope envelope) {
        if (envelope.records().size() != 1) {
            throw JsonAnswer.unreadable(what("GET", profile.paths().members() + "/{id}"), "is not one member");
        }
        RegistryRecord found = envelope.records().get(0);
        if (found instanceof RegistryRecord.Unreadable bad) {
            return new RegistryRecord.Unreadable(Optional.of(id), bad.path(), bad.reason(), bad.said());
        }
        return found instanceof RegistryRecord.Present present
                        && present.externalId().equals(id)
                ? found
                : new RegistryRecord.Unreadable(
                        Optional.of(id), profile.member().id().text(), "another id than the one asked for");
    }
}
