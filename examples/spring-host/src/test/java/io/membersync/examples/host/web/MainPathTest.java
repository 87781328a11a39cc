package io.membersync.examples.host.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.membersync.examples.host.demo.DemoHost;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What administrators and members do first, from end to end. */
@ExtendWith(Chromium.class)
class MainPathTest {

    private static final double PATIENCE_MILLIS = 30_000;

    @BeforeAll
    static void patience() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator rows(Page page) {
        return page.locator("tbody tr");
    }

    /** Marks the page, so that a reload would be seen. */
    private static void mark(Page page) {
        page.evaluate("window.stillTheSamePage = true");
    }

    private static void assertNotReloaded(Page page) {
        Assertions.assertThat(page.evaluate("window.stillTheSamePage === true")).isEqualTo(true);
    }

    @Test
    void anOrganizationsAdministratorSyncsTheOwnMembersAndNoOthers(Browser browser) {
        try (Visit visit = Visit.of(DemoHost.shared(), browser)) {
            Page page = visit.as("kari");
            assertThat(rows(page)).hasCount(1);
            assertThat(rows(page)).containsText("Fjellklubben Nord");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Fjellklubben Nord"))
                    .click();
            Locator completed = page.locator(".tag.COMPLETED");
            assertThat(completed.first()).isVisible();
            int before = completed.count();
            button(page, "Sync changes").click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("It has been started");
            mark(page);
            assertThat(completed).hasCount(before + 1);
            assertThat(rows(page).first()).containsText("by hand");
            assertNotReloaded(page);

            button(page, "Sync changes").click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("Not more often than every five minutes");
            Assertions.assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void whoLooksAfterAllSeesTheRedOneAndApprovesWhatIsHeld(Browser browser) {
        try (Visit visit = Visit.of(DemoHost.shared(), browser)) {
            Page overview = visit.as("ola");
            assertThat(rows(overview)).hasCount(3);
            assertThat(overview.locator("tbody .light")).hasCount(3);
            assertThat(overview.locator("tbody .light.RED")).hasCount(1);
            assertThat(row(overview, "Havpadlerne").locator(".light")).hasClass(Pattern.compile("RED"));
            assertThat(row(overview, "Lyd").locator(".light")).hasText("Held");
            mark(overview);

            Page page = visit.beside("/integrations/lyd-dynamics");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Plan of")))
                    .click();
            assertThat(page.locator(".tag.WAITING").first()).isVisible();
            page.getByLabel("Reason").first().fill("They left the federation");
            button(page, "Approve").click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("It has been started");

            assertThat(row(overview, "Lyd").locator(".light")).hasClass(Pattern.compile("GREEN"));
            assertNotReloaded(overview);
            page.reload();
            assertThat(page.locator(".tag.APPLIED").first()).isVisible();
            assertThat(page.getByText("They left the federation")).isVisible();
            Assertions.assertThat(visit.complaints()).isEmpty();
        }
    }

    private static Locator row(Page page, String text) {
        return rows(page).filter(new Locator.FilterOptions().setHasText(text));
    }

    @Test
    void speaksNorwegianToWhoChoosesIt(Browser browser) {
        try (Visit visit = Visit.of(DemoHost.shared(), browser)) {
            Page page = visit.as("kari");
            page.getByText("Norsk").click();
            assertThat(page.locator("html")).hasAttribute("lang", "nb");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("Oversikt");
            visit.open("/integrations/fjell-cornerstone");
            assertThat(button(page, "Logg ut")).isVisible();
        }
    }

    @Test
    void aMemberLogsInWithVippsAndChangesTheOwnAddress(Browser browser) {
        try (Visit visit = Visit.of(DemoHost.shared(), browser)) {
            Page page = visit.open("/login");
            page.getByText("Log in with Vipps").click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(2)))
                    .hasText("Siri Fjellstad");
            page.getByLabel("E-mail").fill("siri@example.org");
            button(page, "Save").click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("Saved");
            assertThat(page.getByLabel("E-mail")).hasValue("siri@example.org");
            Assertions.assertThat(visit.complaints()).isEmpty();
        }
    }
}
