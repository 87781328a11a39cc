package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Rule;
import io.membersync.fault.Fault;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each registry's answers change under the mapping: a field is gone, another has a new type, the key is gone. */
@Requirement("R12")
class DriftOfEachRegistryTest {

    /** How a registry calls what is taken away or changed here. */
    private record Names(String id, String email, String firstName) {

        static Names of(RegistryKind kind) {
            return switch (kind) {
                case CORNERSTONE -> new Names("id", "email", "firstName");
                case CONSIO -> new Names("medlemId", "epost", "fornavn");
                case DYNAMICS -> new Names("contactid", "emailaddress1", "firstname");
            };
        }
    }

    private static void rewrite(Exchange exchange, UnaryOperator<String> change) {
        exchange.registry().faults().on("*").then(call -> {
            var answer = call.proceed();
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            return answer.withBody(change.apply(body).getBytes(StandardCharsets.UTF_8));
        });
    }

    private static UnaryOperator<String> without(String name) {
        return body -> body.replaceAll("\"" + name + "\"\\s*:", "\"gone\":");
    }

    private static Exchange start(RegistryKind kind) {
        return Exchange.start(kind, new MemoryHost(), Rule.EXTERNAL_WINS);
    }

    private static long told(Exchange exchange) {
        return exchange.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.FIELD_PAUSED))
                .items()
                .size();
    }

    @ParameterizedTest
    @EnumSource(RegistryKind.class)
    void aMappedFieldThatIsGoneIsPausedAndKeepsItsValues(RegistryKind kind) {
        try (Exchange exchange = start(kind)) {
            Map<String, SortedMap<String, String>> before = exchange.rows();
            rewrite(exchange, without(Names.of(kind).email()));

            Run run = exchange.full();

            assertThat(exchange.rows()).isEqualTo(before);
            assertThat(run.checkpoint().paused()).containsOnlyKeys("email");
            assertThat(run.counts().quarantined()).isZero();
            assertThat(told(exchange)).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(RegistryKind.class)
    void aFieldOfAnotherTypeIsPausedAndHealsByItself(RegistryKind kind) {
        try (Exchange exchange = start(kind)) {
            Map<String, SortedMap<String, String>> before = exchange.rows();
            String name = Names.of(kind).firstName();
            rewrite(exchange, body -> body.replaceAll("(\"" + name + "\"\\s*:\\s*)\"[^\"]*\"", "$142"));

            Run run = exchange.full();

            assertThat(exchange.rows()).isEqualTo(before);
            assertThat(run.checkpoint().paused()).containsOnlyKeys("firstName");
            assertThat(run.counts().quarantined()).isZero();

            exchange.registry().faults().clear();
            assertThat(exchange.full().checkpoint().paused()).isEmpty();
            assertThat(told(exchange)).as("paused, and read again").isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(RegistryKind.class)
    void theKeyThatIsGoneStopsTheRunBeforeAnythingIsConcluded(RegistryKind kind) {
        try (Exchange exchange = start(kind)) {
            Map<String, SortedMap<String, String>> before = exchange.rows();
            rewrite(exchange, without(Names.of(kind).id()));

            Run run = exchange.engine().fullSync(Exchange.INTEGRATION);

            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.failure().flatMap(RunFailure::fault)).contains(Fault.KEY_LOST);
            assertThat(exchange.rows()).isEqualTo(before);
        }
    }
}
