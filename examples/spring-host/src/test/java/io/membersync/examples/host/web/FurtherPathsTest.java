package io.membersync.examples.host.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.membersync.examples.host.demo.DemoHost;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What administrators do now and then, from end to end, on a host of its own. */
@Tag("thorough")
@ExtendWith(Chromium.class)
class FurtherPathsTest {

    private static DemoHost host;

    @BeforeAll
    static void start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        host = DemoHost.start();
    }

    @Test
    void connectsARegistryAndSeesItsMembersCome(Browser browser) {
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("ola");
            visit.open("/onboarding?organization=ung&system=cornerstone");
            page.getByLabel("Address of the registry")
                    .fill(host.bean(CornerstoneSimulator.class).baseUrl("ung").toString());
            page.getByLabel("API key").first().fill("cs_demo_youth-club");
            page.locator("button[value=CONFIRM]").click();
            page.waitForURL(Pattern.compile(".*/integrations/ung-cornerstone.*"));

            visit.open("/?organization=ung");
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator("tbody .light")).hasClass(Pattern.compile("GREEN"));
            assertThat(page.locator("tbody tr")).containsText("35");
            Assertions.assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void decidesAllConflictsAtOnceAndFindsThatInTheHistory(Browser browser) {
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("kari");
            visit.open("/conflicts");
            assertThat(page.locator("tbody tr")).hasCount(6);
            page.getByLabel("Tick all").check();
            page.getByLabel("Reason").fill("They told us themselves");
            visit.button("Keep the app's value").click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("6");
            assertThat(page.locator("tbody tr")).hasCount(0);

            visit.open("/audit");
            Locator told = page.locator("details", new Page.LocatorOptions().setHasText("They told us themselves"))
                    .first();
            told.locator("summary").click();
            assertThat(told.getByText("They told us themselves")).isVisible();
            Assertions.assertThat(Visitor.of(host, "kari")
                            .get("/audit/csv?organization=fjell")
                            .body())
                    .contains("They told us themselves");
        }
    }
}
