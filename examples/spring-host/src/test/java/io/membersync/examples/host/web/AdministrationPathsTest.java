package io.membersync.examples.host.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.membersync.examples.host.demo.DemoHost;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What administrators set up, decide and look up, each on its page, on a host of its own. */
@Tag("thorough")
@Requirement("G5")
@ExtendWith(Chromium.class)
class AdministrationPathsTest {

    private static DemoHost host;

    @BeforeAll
    static void start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        host = DemoHost.start();
    }

    private static Locator notice(Page page) {
        return page.locator("#notices");
    }

    @Test
    void changesRulesDelegatesThemAndGoesBackToTheDefaults(Browser browser) {
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("kari");
            visit.open("/rules");
            page.locator("select[name=category-ROLE]").selectOption("MANUAL_REVIEW");
            visit.button("Save").click();
            assertThat(notice(page)).containsText("hold from the next sync");
            assertThat(page.getByText("Version 2.")).isVisible();
            visit.button("Let global administrators change them").click();
            assertThat(page.getByText("Global administrators may change these rules."))
                    .isVisible();

            try (Visit global = Visit.of(host, browser)) {
                Page theirs = global.as("ola");
                global.open("/rules?organization=fjell");
                global.button("Back to the defaults").click();
                assertThat(theirs.locator("select[name=category-ROLE]")).hasValue("");
            }
            Assertions.assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void replacesAKeyChangesTheScheduleAndSwitchesOffAndOn(Browser browser) {
        ConsioSimulator registry = host.bean(ConsioSimulator.class);
        registry.restoreKey();
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("ola");
            visit.open("/integrations/hav-consio/settings");
            page.locator("#f-apiKey").fill("mistyped");
            visit.button("Replace the credentials").click();
            assertThat(page.locator("#answer")).containsText("The credentials before stay in force.");
            page.locator("#f-apiKey").fill(registry.apiKey());
            visit.button("Replace the credentials").click();
            assertThat(notice(page)).containsText("The registry took the credentials.");
            Assertions.assertThat(page.content()).doesNotContain(registry.apiKey());

            page.getByLabel("What has changed, every few minutes").check();
            page.locator("#f-minutes").fill("15");
            visit.button("Save the schedule").click();
            assertThat(notice(page)).containsText("Saved.");
            assertThat(page.locator("#f-minutes")).hasValue("15");

            page.locator("form[action$='/settings/enabled'] button").click();
            assertThat(notice(page)).containsText("It is switched off.");
            page.locator("form[action$='/settings/enabled'] button").click();
            assertThat(notice(page)).containsText("It is switched on.");
        }
    }

    @Test
    void takesAFieldOutLooksAtRealRecordsAndSaves(Browser browser) {
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("kari");
            visit.open("/integrations/fjell-cornerstone/mapping");
            int fields = page.locator("table.mapping tbody tr").count();
            page.getByLabel("Remove country").click();
            assertThat(page.locator("table.mapping tbody tr")).hasCount(fields - 1);
            visit.button("Preview").click();
            assertThat(page.locator("[aria-labelledby=previewed] h3").first()).isVisible();
            visit.button("Save").click();
            assertThat(notice(page)).containsText("The next sync tries it");
            assertThat(page.locator("table.mapping tbody tr")).hasCount(fields - 1);
        }
    }

    @Test
    void saysWhoseAWorkflowIs(Browser browser) {
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("ola");
            visit.open("/boundary?organization=hav");
            page.locator("[role=radiogroup]").last().getByLabel("Portal").check();
            visit.button("Save").click();
            assertThat(page.getByText("Version 1 stands")).isVisible();
        }
    }

    @Test
    void saysThatARecordIsSomebodyNew(Browser browser) {
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("kari");
            visit.open("/matches?integration=fjell-cornerstone");
            Locator record = page.locator("article");
            assertThat(record).hasCount(1);
            record.getByLabel("Reason").first().fill("The number was given on");
            record.getByText("It is somebody new").click();
            assertThat(notice(page)).containsText("Decided.");
        }
    }

    @Test
    void previewsAndRejectsWhatIsHeld(Browser browser) {
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("ola");
            visit.open("/integrations/lyd-dynamics");
            visit.button("Preview").click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("Preview");
            assertThat(page.locator(".figure").first()).hasText("120");
            visit.open("/integrations/lyd-dynamics");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Plan of")))
                    .click();
            page.getByLabel("Reason").last().fill("Nobody has left");
            visit.button("Reject").click();
            assertThat(notice(page)).containsText("Rejected.");
            assertThat(page.locator(".tag.REJECTED")).isVisible();
        }
    }

    @Test
    void takesNoteOfAnAlert(Browser browser) {
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("ola");
            visit.open("/alerts");
            visit.button("Take note").first().click();
            assertThat(notice(page)).containsText("Noted.");
            assertThat(page.getByText("ola took note").first()).isVisible();
        }
    }

    @Test
    void explainsAMemberAndErasesThePersonOnlyWhenThatIsMeant(Browser browser) {
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("kari");
            visit.open("/members");
            page.locator("#f-text").fill("Fjellstad");
            page.keyboard().press("Enter");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Siri Fjellstad"))
                    .click();
            assertThat(page.locator("tbody tr").first()).isVisible();
            Locator erase = page.getByLabel(Pattern.compile("^Type \\d+ to confirm"));
            String id = page.url().replaceAll(".*/", "");
            page.getByLabel("Reason").last().fill("She asked for it");
            erase.fill("1");
            visit.button("Erase for good").click();
            assertThat(page.getByText("Nothing was erased.")).isVisible();
            page.getByLabel("Reason").last().fill("She asked for it");
            page.getByLabel(Pattern.compile("^Type \\d+ to confirm")).fill(id);
            visit.button("Erase for good").click();
            assertThat(page.locator("main")).not().containsText("Siri Fjellstad");
        }
    }

    @Test
    void showsWhatVippsLoginsHaveBrought(Browser browser) {
        try (Visit visit = Visit.of(host, browser)) {
            Page page = visit.as("kari");
            visit.open("/enrichment");
            assertThat(page.locator(".figure").first()).hasText("9");
            assertThat(page.locator("svg.bars rect").first()).isVisible();
            page.getByText("As a table").click();
            assertThat(page.locator("details table tbody tr").first()).containsText("9");
        }
    }
}
