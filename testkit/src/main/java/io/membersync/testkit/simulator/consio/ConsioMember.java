package io.membersync.testkit.simulator.consio;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.testkit.internal.MemberJson;
import java.util.Optional;

/**
 * A member as the registry has it at this moment, for comparison in tests. Immutable.
 *
 * @param id the registry's id
 * @param changed its {@code endret}: Oslo's wall clock
 * @param json the whole member as JSON text
 */
public record ConsioMember(long id, String changed, String json) {

    /**
     * Reads one field as text; numbers and booleans in their JSON spelling.
     *
     * @param field its name
     * @return the value, or empty if it is null or absent
     */
    public Optional<String> text(String field) {
        JsonNode value = MemberJson.require(json).path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        return Optional.of(value.isValueNode() ? value.asText() : value.toString());
    }

    /** Tells the id and when it changed. */
    @Override
    public String toString() {
        return "ConsioMember[id=" + id + ", changed=" + changed + "]";
    }
}
