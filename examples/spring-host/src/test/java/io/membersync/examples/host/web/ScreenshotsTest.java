package io.membersync.examples.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import io.membersync.examples.host.demo.DemoHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Makes the guide's pictures: {@code mvn test -pl examples/spring-host -am -Dtest=ScreenshotsTest -Dscreenshots=true}. */
@ExtendWith(Chromium.class)
@EnabledIfSystemProperty(named = "screenshots", matches = "true", disabledReason = "makes pictures: -Dscreenshots=true")
class ScreenshotsTest {

    private static final int WIDTH = 1280;
    private static final int HIGHEST = 900;
    private static final int MOST_BYTES = 150_000;
    private static final Path IMAGES = Path.of("../../docs/images");

    @Test
    void areTakenOnlyWhereAskedForByDscreenshots(Browser browser) throws IOException {
        DemoHost host = DemoHost.start();
        String plan = Samples.of(host, "lyd").ids().getOrDefault("plan", "none");
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/");
        pages.put("integration", "/integrations/lyd-dynamics");
        pages.put("plan", "/plans/" + plan);
        pages.put("conflicts", "/conflicts?organization=fjell");
        pages.put("onboarding", "/onboarding?organization=ung&system=cornerstone");
        pages.put("mapping", "/integrations/fjell-cornerstone/mapping");
        pages.put("audit", "/audit?organization=fjell");
        pages.put("enrichment", "/enrichment?organization=fjell");
        Files.createDirectories(IMAGES);
        try (Visit visit = Visit.of(host, browser, WIDTH, ColorScheme.LIGHT)) {
            visit.as("ola");
            for (Map.Entry<String, String> page : pages.entrySet()) {
                byte[] picture = picture(visit.open(page.getValue()));
                assertThat(picture).as(page.getKey()).hasSizeBetween(10_000, MOST_BYTES);
                Files.write(IMAGES.resolve("host-" + page.getKey() + ".png"), picture);
            }
        }
    }

    private static byte[] picture(Page page) {
        double height = ((Number) page.evaluate("document.body.scrollHeight")).doubleValue();
        return page.screenshot(new Page.ScreenshotOptions()
                .setType(ScreenshotType.PNG)
                .setFullPage(true)
                .setClip(0, 0, WIDTH, Math.min(height, HIGHEST)));
    }
}
