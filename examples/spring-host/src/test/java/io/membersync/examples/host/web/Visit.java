package io.membersync.examples.host.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.membersync.examples.host.demo.DemoHost;
import java.util.ArrayList;
import java.util.List;

/** Somebody before the screen, with a browser window of the own. Used by one thread. */
final class Visit implements AutoCloseable {

    private final DemoHost host;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Visit(DemoHost host, BrowserContext context) {
        this.host = host;
        this.context = context;
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(failure -> complaints.add(page.url() + ": " + failure));
    }

    static Visit of(DemoHost host, Browser browser, int width, ColorScheme colors) {
        return new Visit(
                host,
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(colors)
                        .setLocale("en-GB")));
    }

    static Visit of(DemoHost host, Browser browser) {
        return of(host, browser, 1280, ColorScheme.LIGHT);
    }

    /** Logs in with the password that the demo gives everybody. */
    Page as(String user) {
        open("/login");
        page.getByLabel("User name").fill(user);
        page.getByLabel("Password").fill("demo");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        page.waitForURL(host.page("/").toString());
        return page;
    }

    /** {@return the page at a path} */
    Page open(String path) {
        page.navigate(host.page(path).toString());
        return page;
    }

    /** {@return a button of the page} */
    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** {@return the page before the screen} */
    Page page() {
        return page;
    }

    /** {@return another page of the same login} */
    Page beside(String path) {
        Page other = context.newPage();
        other.navigate(host.page(path).toString());
        return other;
    }

    /** {@return what the browser complained about: errors, and whatever the content policy refused} */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        context.close();
    }
}
