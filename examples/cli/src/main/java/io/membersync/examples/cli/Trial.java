package io.membersync.examples.cli;

import io.membersync.MemberSyncBuilder;
import io.membersync.MemberSyncEngine;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.model.Caller;
import io.membersync.secret.KeyProvider;
import io.membersync.storage.memory.InMemoryStorage;
import java.util.List;

/**
 * Asks the library what else is wrong with a configuration, so that everything is told at once. Nothing is stored.
 *
 * @param configuration what could be read of it
 */
record Trial(Configuration configuration) {

    /** What the library objects to in fields that nobody has objected to yet. */
    List<Violation> furtherThan(List<Violation> known) {
        MemberSyncBuilder builder =
                MemberSyncEngine.builder(new InMemoryStorage()).keys(KeyProvider.random());
        Host.admit(builder, configuration);
        try (MemberSyncEngine engine = builder.build()) {
            engine.as(Caller.host()).integrations().add(configuration.draft());
            return List.of();
        } catch (InvalidConfigurationException refused) {
            return refused.violations().stream()
                    .filter(violation -> known.stream().noneMatch(one -> same(one.field(), violation.field())))
                    .toList();
        }
    }

    private static boolean same(String one, String other) {
        return one.equals(other) || one.startsWith(other + ".") || other.startsWith(one + ".");
    }
}
