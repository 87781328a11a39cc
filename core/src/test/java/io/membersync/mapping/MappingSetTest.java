package io.membersync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.MemberField;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What hangs on the fingerprint of a mapping: every content hash that is stored. */
class MappingSetTest {

    // The order of Map.of is another one in every process, so that a fingerprint that followed it would not be this
    // one.
    @Test
    void hasTheSameFingerprintInEveryProcess() {
        Transform codes = new Transform.CodeList(Map.of(
                "A",
                "ACTIVE",
                "P",
                "PENDING",
                "L",
                "LAPSED",
                "R",
                "RESIGNED",
                "D",
                "DECEASED",
                "E",
                "EXPELLED",
                "S",
                "SUSPENDED",
                "T",
                "TERMINATED"));

        assertThat(MappingSet.of(Mapping.inbound(MemberField.STATUS, "membership.status")
                                .then(codes))
                        .fingerprint())
                .isEqualTo(856_903_071);
    }
}
