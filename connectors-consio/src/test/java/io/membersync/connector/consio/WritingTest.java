package io.membersync.connector.consio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.consio.ConsioMember;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single fields written to a registry that takes whole records and clears what they leave out. */
@Requirement({"A2", "B11", "R10"})
class WritingTest {

    private final Rig rig = new Rig(Instant.parse("2026-03-02T10:00:00Z"), setup -> setup.members(30));

    @AfterEach
    void stop() {
        rig.close();
    }

    private WriteReceipt write(long id, String field, RawValue value) {
        String expected = rig.registry.member(id).orElseThrow().changed();
        return write(id, expected, field, value);
    }

    private WriteReceipt write(long id, String expected, String field, RawValue value) {
        return rig.connector()
                .writer()
                .orElseThrow()
                .write(new RegistryWrite(
                        ExternalId.of(Long.toString(id)),
                        new RecordVersion(expected),
                        "key-1",
                        Map.of(FieldPath.parse(field), value)));
    }

    private String json(long id) {
        return rig.registry.member(id).map(ConsioMember::json).orElseThrow();
    }

    @Test
    void everythingElseStaysAsItIsKnownOrNot() {
        rig.registry.update(
                3,
                "{\"nytt\":{\"tall\":12345678901234567890.10,\"liste\":[1,\"to\",null,{\"a\":true}]},\"æøå\":\"ÆØÅ\"}");
        String before = json(3);

        assertThat(write(3, "epost", new RawValue.Text("ny \"post\"@example.test")))
                .isInstanceOf(WriteReceipt.Stored.class);

        assertThat((Object) withoutEmail(json(3))).isEqualTo(withoutEmail(before));
        assertThat(rig.registry.member(3).orElseThrow().text("epost")).contains("ny \"post\"@example.test");
        rig.registry.assertNoViolations();
    }

    private static ObjectNode withoutEmail(String json) {
        ObjectNode member = MemberJson.require(json);
        member.remove(List.of("endret", "epost"));
        return member;
    }

    @Test
    void numbersGoBackDigitForDigitAndPersonnumrNever() {
        long id = rig.registry
                .members()
                .filter(member -> member.text("personnr").isPresent())
                .findFirst()
                .orElseThrow()
                .id();

        assertThat(write(id, "poststed", new RawValue.Text("ANNET"))).isInstanceOf(WriteReceipt.Stored.class);

        String sent = rig.registry
                .requests()
                .requests("PUT /medlemmer/{id}")
                .get(0)
                .request()
                .bodyText();
        assertThat(sent)
                .contains("\"belop\":350.5")
                .contains("\"forventetEndret\":")
                .doesNotContain("personnr\":\"")
                .doesNotContain("*****");
        assertThat(rig.registry.member(id).orElseThrow().text("personnr")).contains("*****");
    }

    @Test
    void aNullClearsTheOneField() {
        assertThat(write(4, "adresse1", RawValue.explicitNull())).isInstanceOf(WriteReceipt.Stored.class);

        assertThat(rig.registry.member(4).orElseThrow().text("adresse1")).isEmpty();
        assertThat(rig.registry.member(4).orElseThrow().text("etternavn")).isPresent();
    }

    @Test
    void aChangeBetweenReadAndWriteIsNotOverwritten() {
        rig.registry.faults().on("PUT /medlemmer/{id}").times(1).then(call -> {
            rig.time.advance(Duration.ofSeconds(1));
            rig.registry.update(5, "{\"epost\":\"ansatt@example.test\"}");
            return call.proceed();
        });

        assertThat(write(5, "epost", new RawValue.Text("app@example.test")))
                .isInstanceOfSatisfying(
                        WriteReceipt.ChangedMeanwhile.class,
                        changed -> assertThat(
                                        changed.current().orElseThrow().body().read(FieldPath.parse("epost")))
                                .isEqualTo(new RawValue.Text("ansatt@example.test")));
        assertThat(rig.registry.member(5).orElseThrow().text("epost")).contains("ansatt@example.test");
    }

    @Test
    void anOutdatedDecisionIsNotEvenSent() {
        rig.registry.update(6, "{\"epost\":\"ansatt@example.test\"}");

        assertThat(write(6, "2020-01-01T00:00:00", "epost", new RawValue.Text("app@example.test")))
                .isInstanceOf(WriteReceipt.ChangedMeanwhile.class);
        assertThat(rig.registry.requests().count("PUT /medlemmer/{id}")).isZero();
    }

    @Test
    void aRefusalInsideAnAnswerThatLooksWellIsARefusal() {
        assertThat(write(7, "epost", new RawValue.Text("kari.uten.alfakroll")))
                .isEqualTo(new WriteReceipt.Refused("epost", "UGYLDIG_EPOST"));
    }

    @Test
    void aRegistryThatIsOutOfOrderLeavesTheOutcomeOpen() {
        rig.registry.faults().on("PUT /medlemmer/{id}").then(ConsioSimulator.refusal("INTERN_FEIL"));

        assertThat(catchThrowableOfType(
                                RegistryException.class, () -> write(8, "epost", new RawValue.Text("ny@example.test")))
                        .fault())
                .isEqualTo(Fault.REGISTRY_DOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"personnr", "forventetEndret", "kontingent.kode", "verv[].kode"})
    void placesThatAreNoneOfTheRecordsOwnAreRefusedUnsent(String place) {
        assertThat(write(9, place, new RawValue.Text("x")))
                .isInstanceOfSatisfying(
                        WriteReceipt.Refused.class, no -> assertThat(no.path()).isEqualTo(place));
        assertThat(rig.registry.requests().count("PUT /medlemmer/{id}")).isZero();
    }

    @Test
    void aRecordThatCannotBeReadWholeIsNotSentBack() {
        rig.registry.malform(
                10,
                json -> new String(json, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .replace("\"fornavn\":\"", "\"fornavn\":\"\u00ff")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

        assertThat(write(10, "epost", new RawValue.Text("ny@example.test"))).isInstanceOf(WriteReceipt.Refused.class);
        assertThat(rig.registry.requests().count("PUT /medlemmer/{id}")).isZero();
        assertThat(rig.connector()
                        .singleReader()
                        .orElseThrow()
                        .read(List.of(ExternalId.of("10")))
                        .records()
                        .get(0))
                .isInstanceOf(RegistryRecord.Unreadable.class);
    }
}
