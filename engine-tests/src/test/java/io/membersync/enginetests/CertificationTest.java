package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.Rule;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the app alone knows of peer mentors stands in the member portal. */
@Requirement({"A3", "B11"})
class CertificationTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void certificationAndStatusGoOutAndAreRestoredWhenThePortalChangesThem(boolean tidies) {
        try (Exchange exchange = Exchange.start(RegistryKind.DYNAMICS, new MemoryHost(), Rule.EXTERNAL_WINS)) {
            DataverseSimulator portal = ((DynamicsSide) exchange.registry()).registry();
            exchange.registry().tidies(tidies);
            String id = exchange.ids(1).get(0);
            exchange.edit(id, MemberField.CERTIFIED_FROM, FieldValue.day(LocalDate.parse("2025-10-26")));
            exchange.edit(id, MemberField.CERTIFIED_UNTIL, FieldValue.day(LocalDate.parse("2026-03-29")));
            exchange.edit(id, MemberField.MENTOR_STATUS, "EXPIRED");
            exchange.delta();
            exchange.deliver();

            assertThat(exchange.writes()).isEqualTo(1);
            assertThat(portal.value(id, "hlf_mentorstatus")).contains("3");
            assertThat(day(portal, id, "hlf_certifiedfrom")).contains("2025-10-26");
            assertThat(day(portal, id, "hlf_certifieduntil")).contains("2026-03-29");
            exchange.assertQuiet();

            portal.update(id, "{\"hlf_mentorstatus\":1,\"hlf_certifieduntil\":\"2031-01-01\"}");
            exchange.delta();
            exchange.deliver();
            assertThat(portal.value(id, "hlf_mentorstatus")).contains("3");
            assertThat(day(portal, id, "hlf_certifieduntil")).contains("2026-03-29");
            assertThat(exchange.row(id)).containsEntry("certifiedUntil", "2026-03-29");
            exchange.assertQuiet();
        }
    }

    private static Optional<String> day(DataverseSimulator portal, String id, String column) {
        return portal.value(id, column).map(text -> text.substring(0, 10));
    }
}
