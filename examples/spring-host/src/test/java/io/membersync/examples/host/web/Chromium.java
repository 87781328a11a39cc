package io.membersync.examples.host.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link Browser}, one for all of them. Where the system has no Chromium, they are skipped. */
final class Chromium implements ExecutionCondition, ParameterResolver {

    private static final String NAME = "chromium";
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-lcd-text",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private record Running(Playwright playwright, Browser browser) implements AutoCloseable {

        static Running of(Path executable) {
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
            return new Running(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(executable)
                                    .setArgs(FLAGS)));
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    private static Optional<Path> executable() {
        Stream<String> named = Stream.of(System.getProperty(NAME), System.getenv("CHROMIUM"));
        Stream<String> usual = Stream.of("/usr/bin/chromium", "/usr/bin/google-chrome");
        Stream<String> onPath = Stream.of(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .map(folder -> folder + File.separator + NAME);
        return Stream.of(named, usual, onPath)
                .flatMap(places -> places)
                .filter(Chromium::given)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean given(@Nullable String place) {
        return place != null && !place.isBlank();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return executable()
                .map(found -> ConditionEvaluationResult.enabled("with " + found))
                .orElseGet(() -> ConditionEvaluationResult.disabled(
                        "There is no Chromium: apt-get install chromium, or name one in the environment variable"
                                + " CHROMIUM"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, type -> Running.of(executable().orElseThrow()), Running.class)
                .browser();
    }
}
