package io.membersync.connector;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What a connection test found. Immutable. */
public sealed interface ConnectionReport {

    /**
     * The system answered.
     *
     * @param organizationName the organization's name in the registry
     * @param members how many members it has, where it tells
     * @param apiVersion the version of its API, where it tells
     * @param abilities what can be done with this credential
     */
    record Connected(String organizationName, OptionalLong members, Optional<String> apiVersion, Abilities abilities)
            implements ConnectionReport {
        /** Refuses nulls. */
        public Connected {
            Objects.requireNonNull(organizationName, "organizationName");
            Objects.requireNonNull(members, "members");
            Objects.requireNonNull(apiVersion, "apiVersion");
            Objects.requireNonNull(abilities, "abilities");
        }
    }

    /**
     * There is nothing to connect to: the organization has no member system.
     *
     * @param reason the same, in a sentence for an administrator
     */
    record NoSystem(String reason) implements ConnectionReport {
        /** Refuses null. */
        public NoSystem {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The system did not answer as it should.
     *
     * @param fault what is to blame
     * @param detail what was tried and what came back, for an engineer
     * @param advice what to do, for an administrator
     */
    record Failed(Fault fault, String detail, String advice) implements ConnectionReport {
        private static final String WRONG_BASE_URL =
                "Check the base URL: something answered there, but it is not the member system's API.";

        /** Refuses nulls. */
        public Failed {
            Objects.requireNonNull(fault, "fault");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(advice, "advice");
        }

        /**
         * Tells a failure to somebody who sets up a connection, for whom an answer that nobody can read or wants is a
         * wrong base URL.
         *
         * @param failure what the gateway or the connector found
         * @return the report, with the failure's own advice where it has one
         */
        public static Failed of(RegistryException failure) {
            boolean advised = !failure.advice().equals(failure.fault().advice());
            String detail = String.valueOf(failure.getMessage());
            return switch (failure.fault()) {
                case ENDPOINT, UNREADABLE, REJECTED, CURSOR_EXPIRED, KEY_LOST, CHANGED_MEANWHILE ->
                    new Failed(Fault.ENDPOINT, detail, advised ? failure.advice() : WRONG_BASE_URL);
                case CREDENTIALS, NETWORK, THROTTLED, REGISTRY_DOWN ->
                    new Failed(failure.fault(), detail, failure.advice());
            };
        }
    }
}
