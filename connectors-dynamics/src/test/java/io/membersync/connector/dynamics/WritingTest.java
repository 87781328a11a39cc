package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.RegistryRecord;
import io.membersync.connector.WriteReceipt;
import io.membersync.connector.WriteReceipt.ChangedMeanwhile;
import io.membersync.connector.WriteReceipt.NoLongerThere;
import io.membersync.connector.WriteReceipt.Refused;
import io.membersync.connector.WriteReceipt.Stored;
import io.membersync.fault.Fault;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RawValue.Text;
import io.membersync.testkit.contract.LogLines;
import io.membersync.testkit.simulator.LoggedRequest;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes of single columns: conditional, only what differs, never making a contact, never quoting anybody. */
class WritingTest {

    private static final String PATCH = "PATCH /contacts(id)";

    private final Environment environment = new Environment();
    private String id = "";

    @BeforeEach
    void create() {
        id = environment.simulator.create(
                "{\"lastname\":\"Nordmann\",\"hlf_membernumber\":\"777\",\"hlf_certifieduntil\":\"2026-12-31\","
                        + "\"hlf_mentorstatus\":1}");
    }

    @AfterEach
    void close() {
        environment.close();
    }

    private LoggedRequest patch() {
        List<LoggedRequest> sent = environment.requests(PATCH);
        assertThat(sent).hasSize(1);
        return sent.get(0);
    }

    @Test
    void sendsOnlyWhatDiffersOnTheConditionOfTheVersion() {
        RegistryRecord.Present before = environment.present(id);

        WriteReceipt receipt = environment.write(
                before,
                Map.of(
                        "hlf_certifiedfrom", new Text("2026-01-01"),
                        "hlf_certifieduntil", new Text("2026-12-31"),
                        "hlf_mentorstatus", new Text("3")));

        assertThat(patch().request().bodyText())
                .isEqualTo("{\"hlf_certifiedfrom\":\"2026-01-01\",\"hlf_mentorstatus\":3}");
        assertThat(Environment.header(patch(), "If-Match"))
                .isEqualTo(before.version().text())
                .startsWith("W/\"");
        assertThat(receipt).isInstanceOfSatisfying(Stored.class, written -> {
            assertThat(written.stored().version().text()).isEqualTo(environment.simulator.etag(id));
            assertThat(Environment.value(written.stored(), "hlf_mentorstatus")).isEqualTo(new RawValue.Numeral("3"));
        });
        assertThat(environment.simulator.violations()).isEmpty();
    }

    @Test
    void sendsNothingWhereNothingDiffers() {
        RegistryRecord.Present before = environment.present(id);

        WriteReceipt receipt = environment.write(
                before,
                Map.of("hlf_mentorstatus", new RawValue.Numeral("1"), "hlf_certifiedfrom", RawValue.explicitNull()));

        assertThat(receipt)
                .isInstanceOfSatisfying(
                        Stored.class,
                        stored -> assertThat(stored.stored().version()).isEqualTo(before.version()));
        assertThat(environment.requests(PATCH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesNothingOverAChangeMadeInTheLastMoment(boolean emptyCodes) {
        environment.simulator.switches().emptyErrorCodes(emptyCodes);
        RegistryRecord.Present before = environment.present(id);
        environment.simulator.faults().on(PATCH).then(call -> {
            environment.simulator.update(id, "{\"address1_city\":\"BODØ\"}");
            return call.proceed();
        });

        WriteReceipt receipt = environment.write(before, Map.of("address1_city", new Text("OSLO")));

        assertThat(receipt)
                .isInstanceOfSatisfying(
                        ChangedMeanwhile.class,
                        changed -> assertThat(changed.current())
                                .hasValueSatisfying(current -> assertThat(Environment.value(current, "address1_city"))
                                        .isEqualTo(new Text("BODØ"))));
        assertThat(environment.simulator.value(id, "address1_city")).contains("BODØ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesNoContactWhereOneWasDeletedInTheLastMoment(boolean emptyCodes) {
        environment.simulator.switches().emptyErrorCodes(emptyCodes);
        RegistryRecord.Present before = environment.present(id);
        environment.simulator.faults().on(PATCH).then(call -> {
            environment.simulator.delete(id);
            return call.proceed();
        });

        WriteReceipt receipt = environment.write(before, Map.of("address1_city", new Text("OSLO")));

        assertThat(receipt).isEqualTo(new NoLongerThere(new RegistryRecord.Gone(before.externalId(), "deleted")));
        assertThat(environment.simulator.ids()).doesNotContain(id);
    }

    @Test
    void takesNoOther404ForADeletion() {
        RegistryRecord.Present before = environment.present(id);
        environment.simulator.faults().on(PATCH).then(DataverseSimulator.error(404, "0x8006088a", "No such segment"));

        assertThat(Environment.failure(() -> environment.write(before, Map.of("address1_city", new Text("OSLO"))))
                        .fault())
                .isEqualTo(Fault.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "400,0x80044331,too long",
        "400,0x80040265,rule",
        "400,0x80060888,no such column",
        "400,0x80040203,refused",
        "412,0x80060892,unique",
        "412,0x80040333,unique",
    })
    void tellsARefusalInWordsOfItsOwn(int status, String code, String word) {
        RegistryRecord.Present before = environment.present(id);
        environment
                .simulator
                .faults()
                .on(PATCH)
                .then(DataverseSimulator.error(
                        status, code, "'firstname' with value 'Hemmelig' of 'lastname' <Keys>Hemmelig</Keys>"));

        WriteReceipt receipt =
                environment.write(before, Map.of("firstname", new Text("Hemmelig"), "address1_city", new Text("OSLO")));

        assertThat(receipt).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.path()).isEqualTo("firstname");
            assertThat(refused.reason()).contains(word, code).doesNotContain("Hemmelig");
        });
    }

    @Test
    void neverShowsWhoHasTheNumberAlready() {
        String other = environment.anyId();
        String number = environment.simulator.value(other, "hlf_membernumber").orElseThrow();
        try (LogLines log = LogLines.start()) {
            WriteReceipt receipt =
                    environment.write(environment.present(id), Map.of("hlf_membernumber", new Text(number)));

            assertThat(receipt.toString()).contains("0x80060892").doesNotContain(number);
            assertThat(log.lines())
                    .isNotEmpty()
                    .noneMatch(line -> line.contains(number)
                            || line.contains(environment
                                    .simulator
                                    .value(other, "lastname")
                                    .orElseThrow()));
        }
    }

    @Test
    void givesEachColumnTheFormOfItsKind() {
        environment.write(
                environment.present(id),
                Map.of(
                        "hlf_mentorstatus", new Text("2"),
                        "hlf_protected", new Text("true"),
                        "hlf_roles", new RawValue.Items(List.of(new Text("1"), new Text("5"))),
                        "hlf_membernumber", new Text("00123"),
                        "hlf_certifieduntil", RawValue.explicitNull(),
                        "emailaddress1", new Text("ny@example.test")));

        assertThat(patch().request().bodyText())
                .isEqualTo("{\"emailaddress1\":\"ny@example.test\",\"hlf_certifieduntil\":null,"
                        + "\"hlf_membernumber\":\"00123\",\"hlf_mentorstatus\":2,\"hlf_protected\":true,"
                        + "\"hlf_roles\":\"1,5\"}");
        assertThat(environment.simulator.value(id, "hlf_roles")).contains("1,5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_hlf_chapter_value", "hlf_memberstatus.state", "hlf_roles[].x", "hlf_chapter@odata.bind"})
    void refusesPlacesThatAreNoPlainColumn(String path) {
        WriteReceipt receipt = environment.write(environment.present(id), Map.of(path, new Text("1")));

        assertThat(receipt)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.path()).isEqualTo(path));
        assertThat(environment.requests(PATCH)).isEmpty();
    }

    @Test
    void neverWritesWithoutACondition() {
        environment.write(environment.present(id), Map.of("address1_city", new Text("OSLO")));

        assertThat(environment
                        .simulator
                        .requests()
                        .requests(request -> request.method().equals("PATCH")))
                .isNotEmpty()
                .allMatch(request -> Environment.header(request, "If-Match").startsWith("W/\""));
    }
}
