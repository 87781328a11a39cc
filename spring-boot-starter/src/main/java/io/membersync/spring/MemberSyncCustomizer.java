package io.membersync.spring;

import io.membersync.MemberSyncBuilder;

/** Has the last word on the engine: called after properties and beans were applied, in the order of the beans. */
@FunctionalInterface
public interface MemberSyncCustomizer {

    /**
     * Changes what the engine is built with.
     *
     * @param builder builds the engine
     */
    void customize(MemberSyncBuilder builder);
}
