package io.membersync.examples.host.web.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.SettingsForm;
import io.membersync.connector.SettingsForm.CredentialKind;
import io.membersync.connector.SettingsForm.Setting;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.model.OrganizationId;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.IntegrationDraft;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionFormTest {

    private static final OrganizationId US = OrganizationId.of("us");
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    private static final SettingsForm KEY = new SettingsForm(
            CredentialKind.API_KEY,
            List.of(new Setting("pageSize", "Page", false, "500"), new Setting("x", "X", false, "")));
    private static final SettingsForm CLIENT = new SettingsForm(CredentialKind.OAUTH_CLIENT, List.of());

    private static Filled connection() {
        return ScheduleForm.standard().with("id", "us-club").with("endpoint", " https://club.example/api ");
    }

    private static IntegrationDraft draft(ConnectionForm form) {
        return form.draft(US, "club");
    }

    @Test
    void makesADraftOfWhatIsFilledIn() {
        ConnectionForm form = new ConnectionForm(
                KEY,
                connection()
                        .with("apiKey", "secret")
                        .with("setting.pageSize", "50")
                        .with("setting.x", " "));
        IntegrationDraft draft = draft(form);
        assertThat(form.found()).isEmpty();
        assertThat(draft.endpoint()).hasToString("https://club.example/api");
        assertThat(draft.credentials()).isEqualTo(new Credentials.ApiKey("secret"));
        assertThat(draft.settings()).isEqualTo(Map.of("pageSize", "50"));
        assertThat(draft.schedule()).isEqualTo(SyncSchedule.nightly(LocalTime.of(1, 0), LocalTime.of(5, 0), OSLO));
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        Filled filled = Filled.empty()
                .with("id", "a/b")
                .with("endpoint", "no address")
                .with("apiKey", "a b")
                .with("schedule", "minutes")
                .with("minutes", "often")
                .with("full", "on")
                .with("from", "25:00")
                .with("zone", "Oslo")
                .with("enrich", "on");
        ConnectionForm form = new ConnectionForm(KEY, filled);
        draft(form);
        assertThat(form.enrichment(US)).isEmpty();
        assertThat(form.found())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder(
                        "id", "endpoint", "apiKey", "minutes", "from", "until", "zone", "purpose", "legalBasis");
        assertThat(form.found().toString()).doesNotContain("a b");
    }

    @Test
    void takesAClientOrTheKeyOfAGateway() {
        Filled client = connection()
                .with("tenant", "club.onmicrosoft.com")
                .with("clientId", "app")
                .with("clientSecret", "secret");
        assertThat(draft(new ConnectionForm(CLIENT, client)).credentials())
                .isInstanceOfSatisfying(
                        Credentials.ClientSecret.class,
                        found -> assertThat(found.authority().tokenEndpoint())
                                .hasToString(
                                        "https://login.microsoftonline.com/club.onmicrosoft.com/oauth2/v2.0/token"));
        assertThat(draft(new ConnectionForm(CLIENT, client.with("loginUrl", "http://localhost:9")))
                        .credentials())
                .isInstanceOfSatisfying(
                        Credentials.ClientSecret.class,
                        found -> assertThat(found.authority().tokenEndpoint())
                                .hasToString("http://localhost:9/club.onmicrosoft.com/oauth2/v2.0/token"));
        assertThat(draft(new ConnectionForm(CLIENT, connection().with("apiKey", "secret")))
                        .credentials())
                .isEqualTo(new Credentials.ApiKey("secret"));
    }

    @Test
    void asksForAllPartsOfAClient() {
        ConnectionForm form = new ConnectionForm(CLIENT, connection());
        assertThat(form.credentials()).isEmpty();
        assertThat(form.found()).extracting(Violation::field).containsExactly("tenant", "clientId", "clientSecret");
    }

    @Test
    void readsBackEverySchedule() {
        SyncSchedule.Nightly night = SyncSchedule.nightly(LocalTime.of(23, 30), LocalTime.of(4, 0), OSLO);
        assertThat(List.of(
                        SyncSchedule.MANUAL_ONLY,
                        night,
                        SyncSchedule.everyMinutes(20),
                        SyncSchedule.everyMinutes(20).and(night)))
                .allSatisfy(
                        schedule -> assertThat(new ScheduleForm(new Reading(ScheduleForm.filled(schedule))).schedule())
                                .contains(schedule));
    }

    @Test
    void showsNoSecretInWords() {
        assertThat(new Filled(Map.of("apiKey", List.of("secret")))).hasToString("Filled[apiKey]");
    }

    @Test
    void putsWordsBesideTheInputsThatTheyMean() {
        Wrong wrong = ConnectionForm.nothing(KEY, "id")
                .with(List.of(new Violation("apiKey", Reading.MISSING)))
                .withLibrary(
                        List.of(
                                new Violation("integration", "is missing"),
                                new Violation("credentials", "is missing"),
                                new Violation("settings.pageSize", "is no number"),
                                new Violation("mapping", "is odd")),
                        ConnectionForm.CREDENTIALS);
        assertThat(wrong.at("id")).containsExactly("is missing");
        assertThat(wrong.at("credentials")).isEmpty();
        assertThat(wrong.at("setting.pageSize")).containsExactly("is no number");
        assertThat(wrong.others()).containsExactly(new Violation("mapping", "is odd"));
    }
}
