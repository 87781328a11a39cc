package io.membersync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.spring.host.HostApplication;
import io.membersync.testkit.contract.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a developer reads when the configuration is wrong. */
@Requirement("G4")
class MemberSyncFailureAnalyzerTest {

    private final ApplicationContextRunner bare = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceTransactionManagerAutoConfiguration.class, MemberSyncAutoConfiguration.class));
    private final ApplicationContextRunner host =
            bare.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class));

    @Test
    void aMissingKeyIsExplained() {
        FailureAnalysis analysis = analysis(host);

        assertThat(analysis.getDescription()).contains("keys: is missing");
        assertThat(analysis.getAction())
                .contains("openssl rand -base64 32")
                .contains("membersync.keys.current=ID")
                .contains("KeyProvider bean");
    }

    @Test
    void aMissingDataSourceIsExplained() {
        FailureAnalysis analysis = analysis(bare.withPropertyValues(Settings.keys()));

        assertThat(analysis.getDescription()).contains("dataSource: is missing, or there are several");
        assertThat(analysis.getAction()).contains("Configure one DataSource").contains("SpringTransactionRunner");
    }

    @Test
    void twoDataSourcesAreExplained() {
        FailureAnalysis analysis = analysis(bare.withPropertyValues(Settings.keys())
                .withBean("one", DataSource.class, JdbcDataSource::new)
                .withBean("other", DataSource.class, JdbcDataSource::new));

        assertThat(analysis.getDescription()).contains("dataSource: is missing, or there are several");
    }

    @Test
    void keysThatAreNoneAreExplainedAndNotQuoted() {
        FailureAnalysis analysis = analysis(host.withPropertyValues(
                "membersync.keys.current=" + Settings.SECRET, "membersync.keys.known.k1=tooShort"));

        assertThat(analysis.getDescription())
                .contains("membersync.keys.known.k1: needs an id")
                .contains("membersync.keys.current: is the id of no key")
                .doesNotContain(Settings.SECRET)
                .doesNotContain("tooShort");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        FailureAnalysis analysis = analysis(host.withPropertyValues(Settings.keys())
                .withPropertyValues(
                        "membersync.batches.rows=0",
                        "membersync.requests.connect=0s",
                        "membersync.requests.max-body=3GB",
                        "membersync.retries.jitter=2"));

        assertThat(analysis.getDescription())
                .contains("membersync.batches: ")
                .contains("membersync.requests: ")
                .contains("membersync.retries: Jitter is a share between 0 and 1");
    }

    @Test
    void whatTheEngineRefusesIsExplained() {
        FailureAnalysis analysis = analysis(host.withPropertyValues(Settings.keys())
                .withPropertyValues("membersync.parallel-runs=0", "membersync.manual-interval=-1s"));

        assertThat(analysis.getDescription())
                .contains("parallelRuns: must be 1 to 64")
                .contains("manualInterval");
        assertThat(analysis.getAction())
                .contains("Correct membersync.parallel-runs.")
                .contains("Correct membersync.manual-interval.");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void anApplicationThatDoesNotStartSaysWhy(CapturedOutput output) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(HostApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.datasource.url=jdbc:h2:mem:keyless");

        assertThatThrownBy(application::run).hasRootCauseInstanceOf(InvalidConfigurationException.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("keys: is missing")
                .contains("openssl rand -base64 32");
    }

    private static FailureAnalysis analysis(ApplicationContextRunner runner) {
        List<FailureAnalysis> analyses = new ArrayList<>();
        runner.run(context -> {
            assertThat(context).hasFailed();
            Throwable failure = Objects.requireNonNull(context.getStartupFailure());
            analyses.add(Objects.requireNonNull(new MemberSyncFailureAnalyzer().analyze(failure)));
        });
        return analyses.get(0);
    }
}
