package io.membersync.connector.consio;

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

class ConsioConnectorFactoryTest {

    private static final Credentials KEY = new Credentials.ApiKey("cs_test_1");

    private final ConsioConnectorFactory factory = new ConsioConnectorFactory();

    private Connector open(Credentials credentials, Map<String, String> settings) {
        return factory.open(OpeningContext.of(credentials, settings));
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(ConnectorFactory.class))
                .anyMatch(found -> found instanceof ConsioConnectorFactory
                        && found.system().id().equals("consio"));
    }

    @Test
    void asksForAnApiKeyAndNothingThatIsRequired() {
        assertThat(factory.form().credential()).isEqualTo(SettingsForm.CredentialKind.API_KEY);
        assertThat(factory.form().settings()).noneMatch(SettingsForm.Setting::required);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "many", "1.5", "99999999999", "٣"})
    void refusesAPageSizeThatTheRegistryWouldRefuse(String size) {
        InvalidConfigurationException refusal =
                catchThrowableOfType(InvalidConfigurationException.class, () -> open(KEY, Map.of("pageSize", size)));

        assertThat(refusal.violations()).extracting(Violation::field).containsExactly("settings.pageSize");
    }

    @Test
    void listsEverythingThatIsWrongAtOnce() {
        InvalidConfigurationException refusal = catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> open(
                        new Credentials.None(), Map.of("pageSize", "0", "keyHeader", "X Key:", "webhooks", "maybe")));

        assertThat(refusal.violations())
                .extracting(Violation::field)
                .containsExactly("settings.pageSize", "settings.keyHeader", "settings.webhooks", "credentials");
    }

    @Test
    void suggestsInboundMappingsThatNeedLastNameAndStatus() {
        assertThat(factory.suggestedMapping().mappings())
                .hasSize(17)
                .allMatch(mapping -> mapping.direction() == Direction.INBOUND);
        assertThat(factory.suggestedMapping().mappings())
                .filteredOn(Mapping::required)
                .extracting(Mapping::field)
                .containsExactly(MemberField.LAST_NAME, MemberField.STATUS);
    }
}
