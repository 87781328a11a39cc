package io.membersync.examples.host.demo;

import io.membersync.examples.host.HostApplication;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application with the demo's story told, on a port of its own. Ends with the JVM. */
public final class DemoHost {

    /** Looks after the youth club alone, which has no registry: everything of the others is foreign to it. */
    public static final String NOBODY = "uno";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final ConfigurableApplicationContext context;

    private DemoHost(ConfigurableApplicationContext context) {
        this.context = context;
    }

    private static final class Shared {
        static final DemoHost HOST = start();
    }

    /** {@return the one of all tests, which keep out of each other's organizations} */
    public static DemoHost shared() {
        return Shared.HOST;
    }

    /** {@return one with a story that nobody has changed yet} */
    public static DemoHost start() {
        DemoHost host = new DemoHost(SpringApplication.run(
                HostApplication.class,
                "--spring.profiles.active=demo",
                "--server.port=0",
                "--logging.level.root=WARN",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=jdbc:h2:mem:browser-" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=-1",
                "--host.accounts[0].name=kari",
                "--host.accounts[0].password={noop}demo",
                "--host.accounts[0].organization=fjell",
                "--host.accounts[1].name=ola",
                "--host.accounts[1].password={noop}demo",
                "--host.accounts[2].name=" + NOBODY,
                "--host.accounts[2].password={noop}demo",
                "--host.accounts[2].organization=ung"));
        Awaitility.await().atMost(PATIENCE).until(host.bean(DemoStory.class)::told);
        return host;
    }

    /** {@return a part of it} */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** {@return a part of it, by its name} */
    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** {@return where a page is} */
    public URI page(String path) {
        return URI.create(
                "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port") + path);
    }
}
