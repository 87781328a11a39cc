package io.membersync.examples.host;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The application. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HostApplication {

    HostApplication() {}

    /**
     * Starts the application.
     *
     * @param arguments properties, as in {@code --spring.profiles.active=demo}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(HostApplication.class, arguments);
    }
}
