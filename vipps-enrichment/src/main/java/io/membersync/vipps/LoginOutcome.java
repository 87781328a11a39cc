package io.membersync.vipps;

import java.util.Objects;

/** How a login flow ended. Immutable. */
public sealed interface LoginOutcome {

    /**
     * The member came back and the code was exchanged. The login is still to be verified.
     *
     * @param login what the provider gave, for {@link VippsEnrichment#onLogin}
     */
    record Exchanged(VippsLogin login) implements LoginOutcome {
        /** Refuses null. */
        public Exchanged {
            Objects.requireNonNull(login, "login");
        }
    }

    /**
     * There is no login.
     *
     * @param reason the provider's word, such as {@code access_denied} or {@code invalid_grant}; {@code state} when the
     *     answer does not belong to this login
     */
    record Ended(String reason) implements LoginOutcome {
        /** Refuses null. */
        public Ended {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
