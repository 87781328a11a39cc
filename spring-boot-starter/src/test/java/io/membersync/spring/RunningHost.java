package io.membersync.spring;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.setup.IntegrationDraft;
import io.membersync.spring.host.HostApplication;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The host, started as a whole, with a web server on a port of its own. */
final class RunningHost implements AutoCloseable {

    static final IntegrationId INTEGRATION = IntegrationId.of("our-cornerstone");
    private static final OrganizationId US = OrganizationId.of("our-association");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ConfigurableApplicationContext context;

    private RunningHost(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningHost start(String database, String... settings) {
        return new RunningHost(new SpringApplicationBuilder(HostApplication.class)
                .properties(
                        "server.port=0",
                        "spring.datasource.url=jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1",
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoint.health.show-details=always",
                        "management.endpoint.env.show-values=always",
                        "management.endpoint.configprops.show-values=always",
                        "membersync.test-mode=true",
                        "membersync.webhooks.enabled=true")
                .properties(Settings.keys())
                .properties(settings)
                .bannerMode(Banner.Mode.OFF)
                .run());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    MemberSync sync() {
        return bean(MemberSyncEngine.class).as(Caller.host());
    }

    void onboard(CornerstoneSimulator registry) {
        sync().integrations()
                .add(IntegrationDraft.of(
                                INTEGRATION,
                                US,
                                "cornerstone",
                                registry.baseUrl(),
                                new Credentials.ApiKey(registry.apiKey()))
                        .setting("pageSize", "10"));
    }

    Run lastRun() {
        List<Run> runs = sync().runs().list(INTEGRATION, Optional.empty(), 1).items();
        return runs.get(0);
    }

    RunState untilOver() {
        Awaitility.await().atMost(PATIENCE).until(() -> !lastRun().state().active());
        return lastRun().state();
    }

    long count(String sql) {
        return bean(JdbcClient.class).sql(sql).query(Long.class).single();
    }

    URI address(String path) {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address(path)).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    int post(String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Sends a body without telling its length beforehand. */
    int postChunked(String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
        context.close();
    }
}
