package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSyncBuilder;
import io.membersync.MemberSyncEngine;
import io.membersync.conflict.Conflict;
import io.membersync.http.Credentials;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.run.Absence;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.LinkMark;
import io.membersync.storage.Storage;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulatorBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A registry, a host and the engine between them, in one time. For one thread. */
final class Scene implements AutoCloseable {

    static final IntegrationId INTEGRATION = IntegrationId.of("nbf-cornerstone");
    private static final int MANY = 1_000_000;

    private final HostSide host;
    private final CornerstoneSimulator registry;
    private final ManualEngine engine;
    private final SettableTime time;

    private final KeyProvider keys;
    private IntegrationDraft draft;

    private Scene(
            HostSide host,
            CornerstoneSimulator registry,
            ManualEngine engine,
            SettableTime time,
            KeyProvider keys,
            IntegrationDraft draft) {
        this.draft = draft;
        this.host = host;
        this.registry = registry;
        this.engine = engine;
        this.time = time;
        this.keys = keys;
    }

    /** {@return another engine on the same storage, as on another node; to be closed} */
    ManualEngine anotherEngine() {
        return ManualEngine.builder(host.storage()).time(time).keys(keys).build();
    }

    /** {@return an engine on the same storage that is not driven by hand; to be started and closed} */
    MemberSyncEngine engineWith(Consumer<MemberSyncBuilder> options) {
        MemberSyncBuilder builder = MemberSyncEngine.builder(host.storage())
                .testMode()
                .time(time)
                .waiting(time.waiting())
                .keys(keys);
        options.accept(builder);
        return builder.build();
    }

    static Setup on(HostSide host) {
        return new Setup(host);
    }

    HostSide host() {
        return host;
    }

    CornerstoneSimulator registry() {
        return registry;
    }

    ManualEngine engine() {
        return engine;
    }

    SettableTime time() {
        return time;
    }

    /** Changes the integration as an administrator would. */
    void configure(UnaryOperator<IntegrationDraft> change) {
        draft = change.apply(draft);
        engine.host().integrations().add(draft);
    }

    Run full() {
        return completed(engine.fullSync(INTEGRATION));
    }

    Run delta() {
        return completed(engine.deltaSync(INTEGRATION));
    }

    Run retry() {
        return completed(engine.retry(INTEGRATION));
    }

    static Run completed(Run run) {
        assertThat(run.state()).as("%s", run.failure()).isEqualTo(RunState.COMPLETED);
        return run;
    }

    /** {@return every live link's member, by the registry's id} */
    Map<String, MemberId> linked() {
        return host.storage().inTransaction(session -> {
            List<ExternalId> ids = session.links().marks(INTEGRATION, Optional.empty(), Optional.empty(), MANY).stream()
                    .filter(LinkMark::live)
                    .map(LinkMark::externalId)
                    .toList();
            Map<String, MemberId> members = new TreeMap<>();
            session.links().load(INTEGRATION, ids).values().stream()
                    .filter(Link::live)
                    .forEach(link ->
                            members.put(link.externalId().value(), link.member().orElseThrow()));
            return members;
        });
    }

    MemberId member(String id) {
        return Optional.ofNullable(linked().get(id)).orElseThrow();
    }

    /** {@return the rows of members that are not terminated, by the registry's id} */
    Map<String, SortedMap<String, String>> activeRows() {
        Map<MemberId, String> ids = new HashMap<>();
        linked().forEach((id, member) -> assertThat(ids.put(member, id)).isNull());
        Map<String, SortedMap<String, String>> rows = new TreeMap<>();
        host.rows().forEach((member, row) -> {
            if (!"TERMINATED".equals(row.get("status"))) {
                rows.put(ids.getOrDefault(member, "unlinked " + member), row);
            }
        });
        return rows;
    }

    SortedMap<String, String> row(String id) {
        return Optional.ofNullable(host.rows().get(member(id))).orElseThrow();
    }

    /** Edits a member in the host and announces it, in one transaction of the host's. */
    void edit(String id, MemberField field, FieldValue value) {
        MemberId member = member(id);
        host.inTransaction(true, () -> {
            host.edit(member, Map.of(field, value));
            engine.host().edits().announce(member);
        });
    }

    List<Conflict> conflicts() {
        return engine.host()
                .conflicts()
                .open(INTEGRATION, Optional.empty(), 1_000)
                .items();
    }

    List<QuarantinedRecord> quarantined() {
        return engine.host()
                .quarantine()
                .list(INTEGRATION, Optional.empty(), 1_000)
                .items();
    }

    List<String> absences(Run run) {
        return engine.host().runs().absences(run.id(), Optional.empty(), 1_000).items().stream()
                .map(Absence::externalId)
                .map(ExternalId::value)
                .toList();
    }

    @Override
    public void close() {
        engine.close();
        registry.close();
    }

    /** Sets a scene up. */
    static final class Setup {

        private final HostSide host;
        private final SettableTime time = SettableTime.create();
        private final CornerstoneSimulatorBuilder registry =
                CornerstoneSimulator.builder().time(time);
        private Consumer<MemberSyncBuilder> options = builder -> {};
        private UnaryOperator<IntegrationDraft> draft = given -> given;
        private @Nullable Storage wrapped;

        private Setup(HostSide host) {
            this.host = host;
        }

        Setup registry(Consumer<CornerstoneSimulatorBuilder> change) {
            change.accept(registry);
            return this;
        }

        Setup members(int count, long seed) {
            registry.members(count).seed(seed);
            return this;
        }

        Setup options(Consumer<MemberSyncBuilder> change) {
            this.options = options.andThen(change);
            return this;
        }

        Setup draft(UnaryOperator<IntegrationDraft> change) {
            UnaryOperator<IntegrationDraft> before = draft;
            this.draft = given -> change.apply(before.apply(given));
            return this;
        }

        Setup pageSize(int size) {
            return draft(given -> given.setting("pageSize", String.valueOf(size)));
        }

        /** Lets the engine work on the host's storage as seen through a wrapper. */
        Setup through(UnaryOperator<Storage> wrapper) {
            this.wrapped = wrapper.apply(host.storage());
            return this;
        }

        Scene start() {
            CornerstoneSimulator running = registry.start();
            KeyProvider keys = KeyProvider.random();
            ManualEngine engine = ManualEngine.builder(wrapped == null ? host.storage() : wrapped)
                    .time(time)
                    .keys(keys)
                    .with(options)
                    .build();
            IntegrationDraft first = draft.apply(IntegrationDraft.of(
                    INTEGRATION,
                    HostSide.ORGANIZATION,
                    "cornerstone",
                    running.baseUrl(),
                    new Credentials.ApiKey(running.apiKey())));
            engine.host().integrations().add(first);
            return new Scene(host, running, engine, time, keys, first);
        }
    }
}
