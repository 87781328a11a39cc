package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.JsonBytes;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.dataverse.ContactTable.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers to reads of several contacts: listings, change tracking, filters, counts. Threads: safe for many threads. */
final class ContactReads {

    private static final Set<String> NOT_TRACKED = Set.of("$filter", "$orderby", "$expand", "$top");
    private static final String DELTA_TOKEN = "$deltatoken";
    private static final String SKIP_TOKEN = "$skiptoken";

    private final ContactTable table;
    private final DataverseSwitches switches;
    private final RowWriter writer;

    ContactReads(ContactTable table, DataverseSwitches switches, RowWriter writer) {
        this.table = table;
        this.switches = switches;
        this.writer = writer;
    }

    static boolean isDelta(SimulatedRequest request) {
        return Links.raw(request.target(), DELTA_TOKEN).isPresent()
                || Links.raw(request.target(), SKIP_TOKEN)
                        .flatMap(Links::readSkipToken)
                        .flatMap(Links.Place::since)
                        .isPresent();
    }

    Answer read(SimulatedRequest request) {
        Preferences preferences = Preferences.of(request);
        Map<String, String> query = request.query();
        Optional<String> skip = Links.raw(request.target(), SKIP_TOKEN);
        Optional<String> delta = Links.raw(request.target(), DELTA_TOKEN);
        if (query.containsKey("$skip")) {
            return ODataAnswer.badRequest("0x80060888", "Skip Clause is not supported in CRM");
        }
        Optional<Answer> wrong = writer.refusal(query);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Reading reading = new Reading(request, preferences, query);
        Answer answer = skip.isPresent()
                ? goOn(reading, skip.get())
                : delta.isPresent() ? changes(reading, delta.get()) : start(reading);
        return preferences.shownIn(answer);
    }

    /** One request with what it asks for. */
    private record Reading(SimulatedRequest request, Preferences preferences, Map<String, String> query) {}

    private Answer start(Reading reading) {
        if (!reading.preferences().trackChanges()) {
            return reading.query().containsKey("$filter") || reading.query().containsKey("$orderby")
                    ? filtered(reading)
                    : listing(reading, place(reading, false));
        }
        for (String refused : NOT_TRACKED) {
            if (reading.query().containsKey(refused)) {
                return ODataAnswer.badRequest(
                        "0x80060888",
                        "The \"" + refused.substring(1)
                                + "\" query parameter isn't supported when Change Tracking is enabled.");
            }
        }
        if (!switches.changeTracking) {
            return ODataAnswer.badRequest("0x80044353", "Change tracking is not enabled for the entity contact");
        }
        return listing(reading, place(reading, true));
    }

    private Links.Place place(Reading reading, boolean tracking) {
        return new Links.Place(
                1, Optional.empty(), table.version(), "", reading.preferences().pageSize(), tracking);
    }

    private Answer goOn(Reading reading, String raw) {
        Optional<Links.Place> place = Links.readSkipToken(raw);
        if (place.isEmpty()) {
            return ODataAnswer.badRequest("0x80041129", "Malformed XML in the Paging Cookie");
        }
        if (place.get().pageSize() != reading.preferences().pageSize()) {
            switches.note("a page was asked for with another maxpagesize than the page before");
        }
        return place.get().since().isPresent() ? changes(reading, place.get()) : listing(reading, place.get());
    }

    private Answer listing(Reading reading, Links.Place place) {
        int size = reading.preferences().pageSize();
        List<Row> rows = table.after(place.after(), size + 1);
        boolean more = rows.size() > size;
        List<Row> page = more ? rows.subList(0, size) : rows;
        String end = "";
        if (more) {
            String last = page.get(size - 1).id();
            end = nextLink(
                    reading,
                    new Links.Place(
                            place.page() + 1, Optional.empty(), place.snapshot(), last, size, place.tracking()));
        } else if (place.tracking()) {
            end = deltaLink(reading, place.snapshot());
        }
        return answer(reading, page, List.of(), end, false);
    }

    private Answer changes(Reading reading, String raw) {
        Optional<Links.Since> since = Links.readDeltaToken(raw);
        if (since.isEmpty()) {
            return ODataAnswer.badRequest("0x80060888", "The delta token is not valid");
        }
        boolean old = since.get().at().isBefore(switches.time.instant().minus(Duration.ofDays(7)));
        if (old || since.get().version() < switches.oldestDelta) {
            return switches.expiryStatus == 410
                    ? Answer.of(410)
                    : ODataAnswer.error(
                            switches.expiryStatus,
                            ODataAnswer.EXPIRED_TOKEN,
                            "Version stamp associated with the client has expired. Please perform a full sync.");
        }
        return changes(
                reading,
                new Links.Place(
                        1,
                        Optional.of(since.get().version()),
                        table.version(),
                        "r" + since.get().version(),
                        reading.preferences().pageSize(),
                        true));
    }

    /** {@code after} is {@code r} and the version of the last row told, or {@code t} and that of the last tombstone. */
    private Answer changes(Reading reading, Links.Place place) {
        int size = reading.preferences().pageSize();
        long since = place.since().orElseThrow();
        boolean inRows = place.after().startsWith("r");
        long after = Long.parseLong(place.after().substring(1));
        List<Row> rows = inRows ? table.changedAfter(after) : List.of();
        List<Row> page = rows.subList(0, Math.min(size, rows.size()));
        List<String> deleted = new ArrayList<>();
        String last =
                page.isEmpty() ? place.after() : "r" + page.get(page.size() - 1).version();
        boolean more = rows.size() > page.size();
        for (Map.Entry<Long, String> tombstone :
                table.deletedAfter(inRows ? since : after).entrySet()) {
            if (more || page.size() + deleted.size() == size) {
                more = true;
                break;
            }
            deleted.add(tombstone.getValue());
            last = "t" + tombstone.getKey();
        }
        String end = more
                ? nextLink(
                        reading, new Links.Place(place.page() + 1, place.since(), place.snapshot(), last, size, true))
                : deltaLink(reading, place.snapshot());
        return answer(reading, page, deleted, end, true);
    }

    private Answer filtered(Reading reading) {
        Optional<ODataFilter> filter = ODataFilter.parse(reading.query().getOrDefault("$filter", ""));
        if (filter.isEmpty()) {
            return ODataAnswer.badRequest("0x80060888", "Syntax error in $filter");
        }
        List<Row> found = new ArrayList<>(table.all().stream()
                .filter(row -> filter.get().admits(row.columns()))
                .toList());
        ODataFilter.sort(found, reading.query().getOrDefault("$orderby", ""));
        int most = Math.min(
                reading.preferences().pageSize(),
                Integer.parseInt(reading.query().getOrDefault("$top", "5000")));
        return answer(reading, found.subList(0, Math.min(most, found.size())), List.of(), "", false);
    }

    private String nextLink(Reading reading, Links.Place place) {
        String base = switches.linksTo.orElse(switches.root(reading.request()));
        return "\"@odata.nextLink\":\"" + base + DataverseSite.PREFIX + "/contacts" + select(reading) + "$skiptoken="
                + Links.skipToken(place) + "\",";
    }

    private String deltaLink(Reading reading, long version) {
        String base = switches.linksTo.orElse(switches.root(reading.request()));
        return "\"@odata.deltaLink\":\"" + base + DataverseSite.PREFIX + "/contacts" + select(reading) + "$deltatoken="
                + Links.deltaToken(new Links.Since(version, switches.time.instant())) + "\",";
    }

    private static String select(Reading reading) {
        return "?"
                + Links.raw(reading.request().target(), "$select")
                        .map(raw -> "$select=" + raw + "&")
                        .orElse("");
    }

    private Answer answer(Reading reading, List<Row> rows, List<String> deleted, String end, boolean delta) {
        String context = switches.root(reading.request()) + DataverseSite.PREFIX + "/$metadata#contacts";
        JsonBytes out = new JsonBytes(512 * (rows.size() + 1));
        out.ascii("{\"@odata.context\":\"" + context + (delta ? "/$delta\"," : "\","));
        if (reading.query().getOrDefault("$count", "false").equals("true")) {
            out.ascii("\"@odata.count\":")
                    .number(Math.min(Preferences.LARGEST_PAGE, table.size()))
                    .ascii(",");
        }
        out.ascii(end).ascii("\"value\":[");
        Set<ContactColumn> columns = writer.columns(reading.query());
        String between = "";
        for (Row row : rows) {
            out.ascii(between)
                    .raw(writer.json(row, columns, reading.preferences().labels()));
            between = ",";
        }
        for (String id : deleted) {
            ObjectNode tombstone = ODataAnswer.object();
            tombstone
                    .put("@odata.context", context + "/$deletedEntity")
                    .put("id", id)
                    .put("reason", "deleted");
            out.ascii(between).raw(ODataAnswer.bytes(tombstone));
            between = ",";
        }
        return ODataAnswer.of(200, out.ascii("]}").toByteArray());
    }
}
