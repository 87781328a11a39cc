package io.membersync.examples.host.demo;

import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells who started the demo where it is, and as whom to log in. */
@Component
@Profile("demo")
public class DemoGreeting {

    private final Environment environment;

    DemoGreeting(Environment environment) {
        this.environment = environment;
    }

    /** Prints it, as soon as the pages are there. */
    @EventListener(ApplicationReadyEvent.class)
    public void greet() {
        PrintStream out = System.out;
        out.printf(
                "%n  The demo is at http://localhost:%s/%n%n"
                        + "    kari / demo   looks after the mountain club%n"
                        + "    ola  / demo   looks after all organizations%n"
                        + "    'Log in with Vipps' makes you a member%n%n"
                        + "  Ctrl-C ends it; nothing is kept.%n%n",
                environment.getProperty("local.server.port"));
    }
}
