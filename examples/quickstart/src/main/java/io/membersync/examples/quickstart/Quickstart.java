package io.membersync.examples.quickstart;

import io.membersync.MemberSync;
import io.membersync.MemberSyncBuilder;
import io.membersync.MemberSyncEngine;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.jdbc.JdbcStorage;
import java.net.URI;
import java.util.Optional;
import org.h2.jdbcx.JdbcConnectionPool;

final class Quickstart {
    public static void main(String[] arguments) throws InterruptedException {
        JdbcStorage storage = JdbcStorage.on(JdbcConnectionPool.create("jdbc:h2:./members", "sa", ""));
        MemberSyncBuilder builder = MemberSyncEngine.builder(storage.install());
        builder.keys(KeyProvider.fromEnvironment("MEMBER_SYNC_KEY"));
        sync(builder, URI.create(System.getenv("REGISTRY_URL")), System.getenv("REGISTRY_KEY"));
    }

    static void sync(MemberSyncBuilder builder, URI registry, String key) throws InterruptedException {
        IntegrationId id = IntegrationId.of("our-cornerstone");
        OrganizationId us = OrganizationId.of("our-association");
        try (MemberSyncEngine engine = builder.build()) {
            engine.start();
            MemberSync sync = engine.as(Caller.host());
            sync.integrations().add(IntegrationDraft.of(id, us, "cornerstone", registry, new Credentials.ApiKey(key)));
            sync.runs().startFull(id); // unless a run that was killed is still going on
            Run run;
            do {
                Thread.sleep(500);
                run = sync.runs().list(id, Optional.empty(), 1).items().get(0);
                System.out.println(run.state() + " " + run.counts());
            } while (run.state().active());
        }
    }
}
