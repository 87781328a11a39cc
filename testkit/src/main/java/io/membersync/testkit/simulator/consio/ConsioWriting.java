package io.membersync.testkit.simulator.consio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.SyntheticNationalId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Takes whole records and identity numbers. No answer ever shows a number. Threads: safe for many threads. */
final class ConsioWriting {

    private static final List<String> KEPT_BY_REGISTRY = List.of("medlemId", "endret", "harPersonnr", "personnr");

    private final ConsioRegister register;
    private final ConsioSettings settings;
    private final ConsioWatch watch;

    ConsioWriting(ConsioRegister register, ConsioSettings settings, ConsioWatch watch) {
        this.register = register;
        this.settings = settings;
        this.watch = watch;
    }

    Answer put(long id, SimulatedRequest request) {
        Optional<ObjectNode> sent = MemberJson.parse(request.body());
        if (sent.isEmpty()) {
            return Envelope.failed(400, "UGYLDIG_JSON", "Innholdet er ikke et JSON-objekt.", "");
        }
        synchronized (register) {
            Optional<ConsioRegister.Kept> kept = register.find(id);
            return kept.isEmpty() ? ConsioReading.unknownMember() : put(kept.get(), sent.get());
        }
    }

    private Answer put(ConsioRegister.Kept kept, ObjectNode sent) {
        ObjectNode before = MemberJson.require(kept.json());
        lookForDropped(before, sent);
        if (sent.has("personnr")) {
            return Envelope.failed(400, "PERSONNR_IKKE_TILLATT", "Personnummer skrives for seg.", "personnr");
        }
        String expected = sent.path("forventetEndret").asText(kept.changed());
        if (!expected.equals(kept.changed())) {
            return Envelope.failed(409, "ENDRET_SIDEN", "Medlemmet er endret siden.", "forventetEndret");
        }
        if (sent.path("epost").isTextual() && !sent.path("epost").asText().contains("@")) {
            return Envelope.refused("UGYLDIG_EPOST", "«" + sent.path("epost").asText() + "» er ugyldig.", "epost");
        }
        ObjectNode whole = whole(before, sent);
        if (settings.tidies()) {
            StoredForms.apply(whole);
        }
        register.replace(kept.id(), whole);
        return Envelope.member(register.find(kept.id()).orElseThrow().json());
    }

    /** What is stored after a write: what was left out is cleared, save what the registry keeps itself. */
    private static ObjectNode whole(ObjectNode before, ObjectNode sent) {
        ObjectNode whole = sent.deepCopy();
        whole.remove("forventetEndret");
        before.fieldNames().forEachRemaining(name -> {
            if (!whole.has(name)) {
                whole.putNull(name);
            }
        });
        KEPT_BY_REGISTRY.forEach(name -> {
            whole.remove(name);
            if (before.has(name)) {
                whole.set(name, before.get(name));
            }
        });
        return whole;
    }

    private void lookForDropped(ObjectNode before, ObjectNode sent) {
        Set<String> dropped = new TreeSet<>();
        before.fieldNames().forEachRemaining(dropped::add);
        sent.fieldNames().forEachRemaining(dropped::remove);
        dropped.remove("personnr");
        if (!dropped.isEmpty()) {
            watch.note(ConsioSite.PUT_MEMBER, "the write left out " + dropped + ", which clears it");
        }
        if (!sent.has("forventetEndret")) {
            watch.note(ConsioSite.PUT_MEMBER, "the write has no condition on what it was decided on");
        }
    }

    Answer putNationalId(long id, SimulatedRequest request) {
        Optional<ObjectNode> sent = MemberJson.parse(request.body());
        if (sent.isEmpty()) {
            return Envelope.failed(400, "UGYLDIG_JSON", "Innholdet er ikke et JSON-objekt.", "");
        }
        String number = sent.get().path("personnr").textValue();
        synchronized (register) {
            if (register.find(id).isEmpty()) {
                return ConsioReading.unknownMember();
            }
            if (number == null || !SyntheticNationalId.isValid(number)) {
                return Envelope.refused("PERSONNR_UGYLDIG", "Personnummeret er ugyldig.", "personnr");
            }
            Optional<String> held = register.nationalId(id);
            if (held.isPresent()) {
                return held.get().equals(number)
                        ? Envelope.refused("PERSONNR_FINNES", "Personnummeret er registrert fra før.", "")
                        : Envelope.refused("PERSONNR_ULIKT", "Et annet personnummer er registrert.", "");
            }
            register.storeNationalId(id, number);
        }
        return Envelope.done("OK");
    }
}
