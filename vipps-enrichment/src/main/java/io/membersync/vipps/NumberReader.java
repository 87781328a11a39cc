package io.membersync.vipps;

import io.membersync.enrichment.LoginFault;
import io.membersync.enrichment.LoginFinding;
import io.membersync.model.NationalId;
import io.membersync.model.NationalId.Acceptance;
import io.membersync.model.NationalIdCheck;
import java.util.Map;

/** Reads the number out of verified claims. Immutable. */
final class NumberReader {

    private final String claim;
    private final Acceptance acceptance;

    NumberReader(String claim, boolean testMode) {
        this.claim = claim;
        this.acceptance = testMode ? Acceptance.TEST : Acceptance.PRODUCTION;
    }

    /**
     * Reads the number of user information.
     *
     * @param subject whom the ID token speaks of
     * @param userinfo the claims
     */
    LoginFinding ofUserinfo(String subject, Map<String, Object> userinfo) {
        return subject.equals(userinfo.get("sub"))
                ? read(subject, userinfo)
                : new LoginFinding.Refused(LoginFault.SUBJECT);
    }

    /**
     * Reads the number.
     *
     * @param subject whom the claims speak of
     * @param claims the claims
     */
    LoginFinding read(String subject, Map<String, Object> claims) {
        Object told = claims.get(claim);
        if (told == null) {
            return new LoginFinding.NoNumber();
        }
        // As a JSON number it would have lost its leading zeros.
        if (!(told instanceof String digits)) {
            return new LoginFinding.Refused(LoginFault.NUMBER);
        }
        NationalIdCheck check = NationalId.check(digits, acceptance);
        if (check instanceof NationalIdCheck.Valid valid) {
            return new LoginFinding.Verified(valid.id(), valid.kind(), subject);
        }
        return new LoginFinding.Refused(
                switch (((NationalIdCheck.Invalid) check).reason()) {
                    case SYNTHETIC_NOT_ALLOWED, KIND_NOT_ALLOWED -> LoginFault.KIND_OF_NUMBER;
                    case LENGTH, CHARACTER, DATE, CONTROL_DIGIT_1, CONTROL_DIGIT_2 -> LoginFault.NUMBER;
                });
    }
}
