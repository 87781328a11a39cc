package io.membersync.enrichment;

import io.membersync.model.NationalId;
import io.membersync.model.NationalIdCheck;
import java.util.Objects;

/** What a login provider found out about a login. Immutable; shows neither number nor subject. */
public sealed interface LoginFinding {

    /**
     * The login is genuine and brings a number.
     *
     * @param number the number
     * @param kind its kind
     * @param subject what the provider calls the person; never shown
     */
    record Verified(NationalId number, NationalIdCheck.Kind kind, String subject) implements LoginFinding {
        /** Refuses nulls. */
        public Verified {
            Objects.requireNonNull(number, "number");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(subject, "subject");
        }

        /** {@return the kind of the number only} */
        @Override
        public String toString() {
            return "Verified[" + kind + "]";
        }
    }

    /** The login is genuine and brings no number. */
    record NoNumber() implements LoginFinding {}

    /**
     * The login is not believed.
     *
     * @param fault what is wrong with it
     */
    record Refused(LoginFault fault) implements LoginFinding {
        /** Refuses null. */
        public Refused {
            Objects.requireNonNull(fault, "fault");
        }
    }

    /**
     * Whether it is genuine, or what it brings, cannot be told without asking the provider.
     *
     * @param subject what the login says that the provider calls the person; never shown
     */
    record Open(String subject) implements LoginFinding {
        /** Refuses null. */
        public Open {
            Objects.requireNonNull(subject, "subject");
        }

        /** {@return nothing of it} */
        @Override
        public String toString() {
            return "Open";
        }
    }
}
