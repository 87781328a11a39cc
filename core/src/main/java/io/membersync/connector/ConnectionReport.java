package io.membersync.connector;

import io.membersync.fault.Fault;
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
        /** Refuses nulls. */
        public Failed {
            Objects.requireNonNull(fault, "fault");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(advice, "advice");
        }
    }
}
