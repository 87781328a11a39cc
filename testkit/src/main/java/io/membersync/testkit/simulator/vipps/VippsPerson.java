package io.membersync.testkit.simulator.vipps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import java.util.UUID;

/**
 * Somebody who logs in. Immutable.
 *
 * @param subject what the provider calls the person towards this sales unit
 * @param userinfo the user information, as an object of JSON
 */
public record VippsPerson(String subject, String userinfo) {

    /**
     * A person who shares a number.
     *
     * @param nationalId the number, right or wrong
     * @return a person with a new subject
     */
    public static VippsPerson with(String nationalId) {
        return without().claiming("nin", MemberJson.text(nationalId).toString());
    }

    /** {@return a person with a new subject who shares no number, and no address either} */
    public static VippsPerson without() {
        String subject = UUID.randomUUID().toString();
        ObjectNode info = MemberJson.object().put("sub", subject).put("sid", "s-" + subject);
        info.put("name", "Kari Nordmann").put("given_name", "Kari").put("family_name", "Nordmann");
        info.putObject("address").put("street_address", "").put("country", "").put("formatted", "");
        return new VippsPerson(subject, info.toString());
    }

    /**
     * {@return the same person telling something else}
     *
     * @param claim its name
     * @param json its value as JSON
     */
    public VippsPerson claiming(String claim, String json) {
        ObjectNode info = MemberJson.require(userinfo);
        info.set(claim, MemberJson.require("{\"v\":" + json + "}").get("v"));
        return new VippsPerson(subject, info.toString());
    }

    /** {@return the same person under a new subject, as after the profile was made anew} */
    public VippsPerson recreated() {
        String other = UUID.randomUUID().toString();
        return new VippsPerson(other, userinfo)
                .claiming("sub", MemberJson.text(other).toString());
    }

    /** {@return the subject only} */
    @Override
    public String toString() {
        return "VippsPerson[" + subject + "]";
    }
}
