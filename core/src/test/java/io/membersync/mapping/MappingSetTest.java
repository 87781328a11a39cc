package io.membersync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.MemberField;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingSetTest {

    private static final Map<String, String> CODES = Map.of(
            "A", "ACTIVE", "P", "PENDING", "L", "LAPSED", "R", "RESIGNED", "D", "DECEASED", "X", "ACTIVE", "Y", "LAPSED");

    @Test
    void itsFingerprintIsTheSameInEveryProcess() {
        MappingSet mappings = MappingSet.of(
                Mapping.inbound(MemberField.STATUS, "membership.status").then(new Transform.CodeList(CODES)),
                Mapping.inbound(MemberField.ROLES, "roles")
                        .then(new Transform.JoinParts(List.of("code", "unitId"), "@")));

        // The order of an immutable map is drawn anew in every JVM, so that only a written number can tell.
        assertThat(mappings.fingerprint()).isEqualTo(1058741447);
    }

    @Test
    void itsFingerprintTellsOneCodeFromAnother() {
        assertThat(status(Map.of("A", "ACTIVE", "B", "LAPSED")))
                .isNotEqualTo(status(Map.of("A", "LAPSED", "B", "ACTIVE")));
    }

    private static int status(Map<String, String> codes) {
        return MappingSet.of(Mapping.inbound(MemberField.STATUS, "status").then(new Transform.CodeList(codes)))
                .fingerprint();
    }
}
