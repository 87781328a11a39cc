package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails every test of this module after which a personnummer stands in the log. */
public final class NoNumberIsLogged implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(NumberWatch.found()).isEmpty();
    }
}
