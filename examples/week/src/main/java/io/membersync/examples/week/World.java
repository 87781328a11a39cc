package io.membersync.examples.week;

import io.membersync.MemberSync;
import io.membersync.alert.Alert;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.SyncSchedule;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.jdbcx.JdbcDataSource;

/** Three organizations, two registries, a host on H2, and one clock for all of them. For one thread. */
final class World implements AutoCloseable {

    static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    static final OrganizationId NORTH = OrganizationId.of("north");
    static final OrganizationId SOUTH = OrganizationId.of("south");
    static final OrganizationId EAST = OrganizationId.of("east");
    static final IntegrationId NORTH_REGISTRY = IntegrationId.of("north-cornerstone");
    static final IntegrationId SOUTH_REGISTRY = IntegrationId.of("south-consio");
    static final IntegrationId EAST_NONE = IntegrationId.of("east-none");
    static final SyncSchedule NIGHTLY = SyncSchedule.nightly(LocalTime.of(1, 0), LocalTime.of(4, 0), OSLO);

    private static final String NEXT_KEY = "the-key-after-the-first";
    private static final Duration STEP = Duration.ofMinutes(10);

    private final SettableTime time = SettableTime.at(at(23, 12, 0));
    private final CornerstoneSimulator north = CornerstoneSimulator.builder()
            .members(200)
            .seed(3)
            .time(time)
            .room("north", "North")
            .addKey(NEXT_KEY, "north", "members:read")
            .start();
    private final ConsioSimulator south = ConsioSimulator.builder()
            .organization(77, "South")
            .members(80)
            .seed(5)
            .time(time)
            .webhooks(false)
            .start();
    private final List<Alert> alerts = new CopyOnWriteArrayList<>();
    private final ManualEngine engine;

    World(Path folder) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + folder.resolve("host") + ";DB_CLOSE_DELAY=-1");
        this.engine = ManualEngine.builder(JdbcStorage.on(database).install())
                .time(time)
                .keys(KeyProvider.random())
                .with(builder -> builder.onAlert(alerts::add))
                .build();
    }

    /** A moment of October 2026, when clocks are set back on the 25th. */
    static Instant at(int day, int hour, int minute) {
        return LocalDateTime.of(2026, 10, day, hour, minute).atZone(OSLO).toInstant();
    }

    Instant now() {
        return time.instant();
    }

    CornerstoneSimulator north() {
        return north;
    }

    String nextKey() {
        return NEXT_KEY;
    }

    /** The library as an organization's own administrator may use it. */
    MemberSync administrator(OrganizationId organization) {
        return engine.as(Caller.organizationAdministrator("Kari", organization));
    }

    /** The library as who looks after all organizations may use it. */
    MemberSync everybody() {
        return engine.as(Caller.globalAdministrator("Ola"));
    }

    IntegrationDraft northDraft() {
        return IntegrationDraft.of(
                        NORTH_REGISTRY, NORTH, "cornerstone", north.baseUrl(), new Credentials.ApiKey(north.apiKey()))
                .schedule(NIGHTLY);
    }

    IntegrationDraft southDraft() {
        return IntegrationDraft.of(
                        SOUTH_REGISTRY, SOUTH, "consio", south.baseUrl(), new Credentials.ApiKey(south.apiKey()))
                .schedule(NIGHTLY);
    }

    /** Lets time pass, a few minutes at a time, and gives the runs that ended meanwhile. */
    List<Run> pass(Instant until) {
        List<Run> runs = new ArrayList<>();
        while (now().isBefore(until)) {
            time.advance(STEP);
            runs.addAll(engine.tick());
        }
        return runs;
    }

    /** Carries out what waits. */
    List<Run> tick() {
        return engine.tick();
    }

    /** The alerts that were raised and closed, in order. */
    List<Alert> alerts() {
        return List.copyOf(alerts);
    }

    @Override
    public void close() {
        engine.close();
        north.close();
        south.close();
    }
}
