package io.membersync.testkit.simulator.cornerstone;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.testkit.internal.MemberJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A member as the registry has it at this moment, for comparison in tests. Immutable.
 *
 * @param id the registry's id
 * @param etag its version, which rises with every change
 * @param json the whole member as JSON text
 */
public record SimulatedMember(String id, long etag, String json) {

    static SimulatedMember of(String id, StoredMember member) {
        return new SimulatedMember(id, member.etag(), new String(member.json(), StandardCharsets.UTF_8));
    }

    /**
     * Reads one field as text; numbers and booleans in their JSON spelling.
     *
     * @param pointer JSON pointer, such as {@code /person/firstName}
     * @return the value, or empty if it is null or absent
     */
    public Optional<String> text(String pointer) {
        JsonNode value = MemberJson.require(json).at(JsonPointer.compile(pointer));
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        return Optional.of(value.isValueNode() ? value.asText() : value.toString());
    }

    /** Tells id and version only. */
    @Override
    public String toString() {
        return "SimulatedMember[id=" + id + ", etag=" + etag + "]";
    }
}
