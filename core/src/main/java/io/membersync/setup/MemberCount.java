package io.membersync.setup;

import io.membersync.connector.ConnectionReport;
import java.util.Objects;

/** How many members a registry has. Immutable. */
public sealed interface MemberCount {

    /**
     * The registry tells.
     *
     * @param members how many
     */
    record Told(long members) implements MemberCount {}

    /**
     * The registry does not tell: all of them were read.
     *
     * @param members how many were read
     */
    record Counted(long members) implements MemberCount {}

    /**
     * The registry does not tell, and reading all of them would have taken too long, or broke off.
     *
     * @param members how many were read until then
     */
    record AtLeast(long members) implements MemberCount {}

    /**
     * The registry did not answer as it should.
     *
     * @param failure what is to blame, and what to do
     */
    record Failed(ConnectionReport.Failed failure) implements MemberCount {
        /** Refuses null. */
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
