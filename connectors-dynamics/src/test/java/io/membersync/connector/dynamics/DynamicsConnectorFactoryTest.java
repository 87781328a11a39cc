package io.membersync.connector.dynamics;

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
import org.junit.jupiter.params.provider.CsvSource;

class DynamicsConnectorFactoryTest {

    private static final Credentials KEY = new Credentials.ApiKey("test-1");

    private final DynamicsConnectorFactory factory = new DynamicsConnectorFactory();

    private Connector open(Credentials credentials, Map<String, String> settings) {
        return factory.open(OpeningContext.of(credentials, settings));
    }

    private Iterable<String> violations(Credentials credentials, Map<String, String> settings) {
        return catchThrowableOfType(InvalidConfigurationException.class, () -> open(credentials, settings))
                .violations()
                .stream()
                .map(Violation::field)
                .toList();
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(ConnectorFactory.class))
                .anyMatch(found -> found instanceof DynamicsConnectorFactory
                        && found.system().id().equals("dynamics"));
    }

    @Test
    void asksForAnOAuthClientAndNothingThatIsRequired() {
        assertThat(factory.form().credential()).isEqualTo(SettingsForm.CredentialKind.OAUTH_CLIENT);
        assertThat(factory.form().settings())
                .noneMatch(SettingsForm.Setting::required)
                .extracting(SettingsForm.Setting::key)
                .containsExactly(
                        "columns",
                        "memberNumberColumn",
                        "nationalIdColumn",
                        "pageSize",
                        "keyHeader",
                        "webhookHeader",
                        "labels",
                        "timeZone");
    }

    @ParameterizedTest
    @CsvSource({"1000,1000", "1,1", "5000,5000", "5001,5000", "999999,5000"})
    void cutsThePageSizeToTheMostThatDataverseGives(String asked, int got) {
        assertThat(open(KEY, Map.of("pageSize", asked)).abilities().pageSize()).isEqualTo(got);
    }

    @ParameterizedTest
    @CsvSource({
        "pageSize,0",
        "pageSize,many",
        "pageSize,٣",
        "columns,'lastname,$filter'",
        "columns,'lastname,'",
        "memberNumberColumn,a'b",
        "nationalIdColumn,a'b",
        "keyHeader,X Key:",
        "labels,perhaps",
        "timeZone,Oslo",
    })
    void refusesASettingThatCannotBeUsed(String key, String value) {
        assertThat(violations(KEY, Map.of(key, value))).containsExactly("settings." + key);
    }

    @Test
    void listsEverythingThatIsWrongAtOnce() {
        assertThat(violations(new Credentials.None(), Map.of("pageSize", "0", "keyHeader", "X Key:")))
                .containsExactlyInAnyOrder("settings.pageSize", "settings.keyHeader", "credentials");
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

    @Test
    void sendsCertificationAndMentorStatusOutWhereValuesGoBothWays() {
        assertThat(factory.twoWayMapping().mappings())
                .filteredOn(mapping -> mapping.direction() == Direction.OUTBOUND)
                .extracting(Mapping::field)
                .containsExactly(MemberField.CERTIFIED_FROM, MemberField.CERTIFIED_UNTIL, MemberField.MENTOR_STATUS);
    }
}
