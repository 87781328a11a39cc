package io.membersync.connector.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.SettingsForm;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.model.MemberField;
import io.membersync.testkit.contract.OpeningContext;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CornerstoneConnectorFactoryTest {

    private static final Credentials KEY = new Credentials.ApiKey("cs_test_1");

    private final CornerstoneConnectorFactory factory = new CornerstoneConnectorFactory();

    private Connector open(Credentials credentials, Map<String, String> settings) {
        return factory.open(OpeningContext.of(credentials, settings));
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(ConnectorFactory.class))
                .anyMatch(found -> found instanceof CornerstoneConnectorFactory
                        && found.system().id().equals("cornerstone"));
    }

    @Test
    void asksForAnApiKeyAndNothingThatIsRequired() {
        assertThat(factory.form().credential()).isEqualTo(SettingsForm.CredentialKind.API_KEY);
        assertThat(factory.form().settings()).noneMatch(SettingsForm.Setting::required);
    }

    @Test
    void takesPagesOf500UnlessToldOtherwise() {
        assertThat(open(KEY, Map.of()).abilities().pageSize()).isEqualTo(500);
        assertThat(open(KEY, Map.of("pageSize", "20")).abilities().pageSize()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "501", "-1", "many", "1.5", "99999999999", "٣"})
    void refusesAPageSizeThatTheRegistryWouldRefuse(String size) {
        InvalidConfigurationException refusal =
                catchThrowableOfType(InvalidConfigurationException.class, () -> open(KEY, Map.of("pageSize", size)));

        assertThat(refusal.violations()).extracting(Violation::field).containsExactly("settings.pageSize");
    }

    @Test
    void listsEverythingThatIsWrongAtOnce() {
        InvalidConfigurationException refusal = catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> open(new Credentials.None(), Map.of("pageSize", "0", "keyHeader", "X Key:")));

        assertThat(refusal.violations())
                .extracting(Violation::field)
                .containsExactly("settings.pageSize", "settings.keyHeader", "credentials");
    }

    @Test
    void suggestsInboundMappingsThatNeedLastNameAndStatus() {
        assertThat(factory.suggestedMapping().mappings())
                .hasSize(18)
                .allMatch(mapping -> mapping.direction() == Direction.INBOUND);
        assertThat(factory.suggestedMapping().mappings())
                .filteredOn(Mapping::required)
                .extracting(Mapping::field)
                .containsExactly(MemberField.LAST_NAME, MemberField.STATUS);
    }
}
