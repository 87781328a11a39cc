package io.membersync.testkit.simulator.consio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** The listing and the list of deleted members. Threads: safe for many threads. */
final class ConsioReading {

    static final int LARGEST_PAGE = 100;
    private static final Duration REMEMBERED = Duration.ofDays(90);
    private static final String EVER = "0000";

    private final ConsioRegister register;
    private final boolean bareDeletedList;
    private final AtomicLong unsorted = new AtomicLong();

    ConsioReading(ConsioRegister register, boolean bareDeletedList) {
        this.register = register;
        this.bareDeletedList = bareDeletedList;
    }

    Answer members(SimulatedRequest request) {
        Map<String, String> query = request.query();
        if (!query.getOrDefault("side", "1").matches("[1-9]\\d{0,8}")) {
            return Envelope.failed(400, "UGYLDIG_SIDE", "Side må være et heltall fra 1.", "side");
        }
        if (!query.getOrDefault("antall", "1").matches("[1-9]\\d{0,8}")) {
            return Envelope.failed(400, "UGYLDIG_ANTALL", "Antall må være et heltall fra 1.", "antall");
        }
        if (!query.getOrDefault("sorter", "medlemId").equals("medlemId")) {
            return Envelope.failed(400, "UGYLDIG_SORTERING", "Kan bare sorteres etter medlemId.", "sorter");
        }
        String since = query.getOrDefault("endretEtter", EVER);
        if (!since.equals(EVER) && OsloTime.read(since).isEmpty()) {
            return badTime("endretEtter");
        }
        // More than the largest page is cut down without a word.
        int size = Math.min(LARGEST_PAGE, Integer.parseInt(query.getOrDefault("antall", "100")));
        return page(
                inOrder(register.changedSince(since), query.containsKey("sorter")),
                Integer.parseInt(query.getOrDefault("side", "1")),
                size);
    }

    private List<ConsioRegister.Kept> inOrder(List<ConsioRegister.Kept> found, boolean sorted) {
        if (sorted) {
            return found;
        }
        List<ConsioRegister.Kept> shuffled = new ArrayList<>(found);
        Collections.shuffle(shuffled, new Random(unsorted.incrementAndGet()));
        return shuffled;
    }

    private Answer page(List<ConsioRegister.Kept> found, int page, int size) {
        int from = (int) Math.min(found.size(), (page - 1L) * size);
        List<byte[]> records = found.subList(from, Math.min(found.size(), from + size)).stream()
                .map(register::sent)
                .toList();
        return Envelope.page(page, (found.size() + size - 1) / size, size, found.size(), records);
    }

    Answer deleted(SimulatedRequest request) {
        String since = request.query().getOrDefault("etter", EVER);
        if (!since.equals(EVER) && OsloTime.read(since).isEmpty()) {
            return badTime("etter");
        }
        ArrayNode rows = MemberJson.object().withArray("data");
        // What is older is forgotten without a word, however far back a client asks.
        for (ConsioRegister.Gone gone : register.goneSince(since, register.now().minus(REMEMBERED))) {
            ObjectNode row = rows.addObject().put("medlemId", gone.id()).put("slettet", OsloTime.text(gone.at()));
            row.put("arsak", gone.reason());
            if (gone.into() != null) {
                row.put("tilMedlemId", gone.into());
            }
        }
        return bareDeletedList ? MemberJson.answer(200, rows) : Envelope.ok(rows);
    }

    Answer member(long id) {
        return register.find(id)
                .map(kept -> Envelope.member(register.sent(kept)))
                .orElseGet(ConsioReading::unknownMember);
    }

    static Answer unknownMember() {
        return Envelope.failed(404, "IKKE_FUNNET", "Medlemmet finnes ikke.", "");
    }

    private static Answer badTime(String field) {
        return Envelope.failed(400, "UGYLDIG_DATO", "Tidspunktet er ugyldig.", field);
    }
}
