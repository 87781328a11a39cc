package io.membersync.benchmarks.floor;

import io.membersync.benchmarks.Subject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The floor: each page is parsed into one reused buffer, its hashes are compared with those of its range of ids, only
 * what differs is loaded and written, by three statements, in one transaction a page, while the next page comes in.
 */
public final class FloorProgram implements Subject {

    private final String database;
    private final RegistryClient registry;
    private final PageBuffer page = new PageBuffer();
    private final PageParser parser = new PageParser(page);
    private final MemberRows rows = new MemberRows();
    private final List<Integer> differing = new ArrayList<>();
    private final List<UUID> hashes = new ArrayList<>();
    private final List<String> stored = new ArrayList<>();
    private @Nullable FloorStore store;
    private long read;
    private long written;
    private long ended;
    private long absent;

    private FloorProgram(String database, URI registry, String apiKey) {
        this.database = database;
        this.registry = new RegistryClient(registry, apiKey);
    }

    /**
     * Serves commands.
     *
     * @param arguments the database's JDBC URL, the registry's base URL, the API key
     */
    public static void main(String[] arguments) throws Exception {
        Subject.serve(new FloorProgram(arguments[0], URI.create(arguments[1]), arguments[2]));
    }

    @Override
    public void install() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database)) {
            FloorStore.install(connection);
        }
    }

    private FloorStore store() throws SQLException {
        if (store == null) {
            store = new FloorStore(DriverManager.getConnection(database));
        }
        return store;
    }

    @Override
    public String full() throws Exception {
        FloorStore tables = store();
        start();
        tables.forgetAbsent();
        String feed = null;
        String after = "";
        CompletableFuture<HttpResponse<byte[]>> answer = registry.members(null);
        for (boolean more = true; more; ) {
            parser.read(RegistryClient.body(answer), false);
            more = page.next != null;
            if (more) {
                answer = registry.members(page.next);
            }
            feed = feed == null ? page.feedCursor : feed;
            String last = more ? page.id(page.count() - 1) : null;
            compareRange(tables, after, last);
            writeDiffering(tables);
            tables.commit();
            after = last == null ? after : last;
        }
        tables.keepPosition(String.valueOf(feed));
        tables.commit();
        return done();
    }

    /** Walks the page and the stored hashes of its range side by side, both in the order of their ids. */
    private void compareRange(FloorStore tables, String after, @Nullable String last) throws SQLException {
        beginPage();
        int record = 0;
        try (ResultSet known = tables.hashes(after, last)) {
            boolean row = known.next();
            while (record < page.count() || row) {
                int order = !row ? -1 : record == page.count() ? 1 : order(record, known.getString(1));
                if (order > 0) {
                    if (known.getObject(2) != null) {
                        rows.absent.add(known.getString(1));
                    }
                    row = known.next();
                    continue;
                }
                compare(record++, order == 0, order == 0 ? known.getObject(2, UUID.class) : null);
                row = order == 0 ? known.next() : row;
            }
        }
    }

    private int order(int record, String id) {
        return page.id(record).compareTo(id);
    }

    private void compare(int record, boolean known, @Nullable UUID before) {
        page.hash(record);
        long high = page.high();
        long low = page.low();
        read++;
        if (before != null && before.getMostSignificantBits() == high && before.getLeastSignificantBits() == low) {
            return;
        }
        differing.add(record);
        hashes.add(new UUID(high, low));
        if (known) {
            stored.add(page.id(record));
        }
    }

    private void beginPage() {
        rows.clear();
        differing.clear();
        hashes.clear();
        stored.clear();
    }

    private void writeDiffering(FloorStore tables) throws SQLException {
        tables.load(stored, rows);
        for (int i = 0; i < differing.size(); i++) {
            rows.merge(page, differing.get(i), hashes.get(i));
        }
        if (!rows.isEmpty()) {
            tables.write(rows);
        }
        written += rows.ids.size();
        ended += rows.ended.size();
        absent += rows.absent.size();
    }

    @Override
    public String delta() throws Exception {
        FloorStore tables = store();
        start();
        String feed = tables.position();
        CompletableFuture<HttpResponse<byte[]>> answer = registry.changes(feed);
        for (boolean more = true; more; ) {
            parser.read(RegistryClient.body(answer), true);
            more = page.hasMore;
            feed = String.valueOf(page.next);
            if (more) {
                answer = registry.changes(feed);
            }
            compareIds(tables);
            writeDiffering(tables);
            tables.savePosition(feed);
            tables.commit();
        }
        return done();
    }

    /** Looks the page's ids up; of several events of one member the last counts. */
    private void compareIds(FloorStore tables) throws SQLException, IOException {
        beginPage();
        Map<String, Integer> last = new LinkedHashMap<>();
        for (int record = 0; record < page.count(); record++) {
            last.remove(page.id(record));
            last.put(page.id(record), record);
        }
        Map<String, UUID> before = new HashMap<>();
        if (!last.isEmpty()) {
            try (ResultSet known = tables.hashes(List.copyOf(last.keySet()))) {
                while (known.next()) {
                    before.put(known.getString(1), known.getObject(2, UUID.class));
                }
            }
        }
        last.forEach((id, record) -> {
            if (page.kind(record) == PageBuffer.Kind.UPSERT) {
                compare(record, before.containsKey(id), before.get(id));
            } else if (before.get(id) != null) {
                read++;
                rows.end(id);
            }
        });
    }

    private void start() {
        read = 0;
        written = 0;
        ended = 0;
        absent = 0;
    }

    private String done() {
        return "read=" + read + " written=" + written + " removed=" + ended + " absent=" + absent;
    }

    @Override
    public void close() throws SQLException {
        if (store != null) {
            store.close();
        }
    }
}
