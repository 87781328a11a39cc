package io.membersync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.ConnectionReport.Failed;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is to blame, as somebody who sets a connection up is to read it. */
class ConnectionReportTest {

    @ParameterizedTest
    @EnumSource(names = {"CREDENTIALS", "NETWORK", "THROTTLED", "REGISTRY_DOWN"})
    void blamesWhatTheFaultBlames(Fault fault) {
        Failed report = Failed.of(new RegistryException(fault, "GET /ping failed"));

        assertThat(report).isEqualTo(new Failed(fault, "GET /ping failed", fault.advice()));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"CREDENTIALS", "NETWORK", "THROTTLED", "REGISTRY_DOWN"})
    void blamesTheBaseUrlForAnswersThatNobodyCanRead(Fault fault) {
        Failed report = Failed.of(new RegistryException(fault, "GET /ping answered a web page"));

        assertThat(report.fault()).isEqualTo(Fault.ENDPOINT);
        assertThat(report.advice()).contains("base URL");
    }

    @Test
    void keepsTheAdviceOfWhoeverKnowsMore() {
        RegistryException failure = new RegistryException(Fault.REJECTED, "GET /ping").advising("Ask for version 4.");

        assertThat(Failed.of(failure)).isEqualTo(new Failed(Fault.ENDPOINT, "GET /ping", "Ask for version 4."));
    }
}
