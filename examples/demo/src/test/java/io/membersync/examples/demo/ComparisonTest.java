package io.membersync.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void findsTheOneFieldThatDiffers() throws Exception {
        try (RegistryProcess registry = RegistryProcess.start(50, 1);
                Host host = Host.start()) {
            host.connect(registry.baseUrl(), registry.apiKey());
            host.fullSync(progress -> {});
            assertThat(Comparison.of(registry, host)).isEqualTo(new Comparison(50, 0, 18));

            change(host, "UPDATE ms_member SET roles = 'NOBODY' WHERE member_number = '100007'");

            assertThatIllegalStateException()
                    .isThrownBy(() -> Comparison.of(registry, host))
                    .withMessageContaining("1 of them differ");
        }
    }

    @Test
    void findsAMemberThatIsMissing() throws Exception {
        try (RegistryProcess registry = RegistryProcess.start(50, 1);
                Host host = Host.start()) {
            host.connect(registry.baseUrl(), registry.apiKey());
            host.fullSync(progress -> {});

            change(host, "DELETE FROM ms_member WHERE member_number = '100007'");

            assertThatIllegalStateException()
                    .isThrownBy(() -> Comparison.of(registry, host))
                    .withMessageContaining("has 49 members and the registry 50");
        }
    }

    private static void change(Host host, String statement) throws SQLException {
        try (Connection connection = host.database().getConnection();
                Statement change = connection.createStatement()) {
            change.execute(statement);
        }
    }
}
