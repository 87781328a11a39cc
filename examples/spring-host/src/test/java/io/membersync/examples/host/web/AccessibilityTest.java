package io.membersync.examples.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.membersync.examples.host.demo.DemoHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page, as people with all kinds of eyes, hands and screens meet it. */
@ExtendWith(Chromium.class)
class AccessibilityTest {

    private static final int PHONE = 360;

    private static final String GRAVE =
            "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations"
                    + ".filter(one => one.impact === 'serious' || one.impact === 'critical')"
                    + ".map(one => one.id + ': ' + one.nodes.map(node => node.target + ' ' + node.html).join(' | ')))";

    /** What is wider than the screen, with its own words. */
    private static final String WIDE = "document.documentElement.scrollWidth <= window.innerWidth ? [] :"
            + " [...document.querySelectorAll('body *')]"
            + ".filter(part => part.getBoundingClientRect().right > window.innerWidth + 1)"
            + ".map(part => 'too wide: ' + part.outerHTML.slice(0, 120))";

    private static DemoHost host;
    private static List<Route> routes;
    private static List<Samples> samples;
    private static String axe;

    @BeforeAll
    static void gather() throws IOException {
        host = DemoHost.shared();
        routes = Route.of(host);
        samples = Samples.all(host);
        try (InputStream script =
                Objects.requireNonNull(AccessibilityTest.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
            axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyPageWorksOnPhones(Browser browser) {
        assertThat(faults(browser, PHONE, ColorScheme.LIGHT)).isEmpty();
    }

    @Tag("thorough")
    @ParameterizedTest
    @CsvSource({"360, DARK", "768, LIGHT", "1440, LIGHT", "1440, DARK"})
    void everyPageWorksOnEveryScreen(int width, ColorScheme colors, Browser browser) {
        assertThat(faults(browser, width, colors)).isEmpty();
    }

    private static List<String> faults(Browser browser, int width, ColorScheme colors) {
        List<String> faults = new ArrayList<>();
        try (Visit visit = Visit.of(host, browser, width, colors)) {
            look(visit.open("/login?error"), faults);
            visit.as("ola");
            routes.stream()
                    .filter(Route::isPage)
                    .map(route -> Samples.anyCall(route, samples).path())
                    .forEach(path -> look(visit.open(path), faults));
            visit.open("/integrations/fjell-cornerstone");
            visit.button("Preview").click();
            look(visit.page(), faults);
            faults.addAll(visit.complaints());
            look(visit.open("/integrations/none"), faults);
        }
        return faults;
    }

    private static void look(Page page, List<String> faults) {
        page.evaluate(axe);
        Stream.of(GRAVE, WIDE)
                .flatMap(question -> ((List<?>) page.evaluate(question)).stream())
                .forEach(fault -> faults.add(page.url() + ": " + fault));
    }
}
