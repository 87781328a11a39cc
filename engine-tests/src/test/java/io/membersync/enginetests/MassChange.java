package io.membersync.enginetests;

import io.membersync.run.Run;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;

/** One way in which a registry changes a member, for tests of the mass-change guard. */
enum MassChange {
    /** The feed says that it was deleted. */
    REMOVED(true, Patch.DELETED),
    /** A complete listing does not contain it. */
    ABSENT(false, Patch.DELETED),
    DEACTIVATED(true, "{\"membership\":{\"status\":\"RESIGNED\"}}"),
    DEACTIVATED_IN_A_LISTING(false, "{\"membership\":{\"status\":\"LAPSED\"}}"),
    PHONE_BLANKED(true, "{\"contact\":{\"mobile\":null}}"),
    ROLELESS(true, "{\"roles\":[]}"),
    ONE_ROLE_LESS(true, "{\"roles\":[{\"code\":\"BOARD\"}]}"),
    BORN_ELSEWHEN(true, "{\"person\":{\"birthDate\":\"1971-02-03\"}}"),
    MOVED_HOUSE(true, "{\"address\":{\"city\":\"Bodø\"}}"),
    MOVED_HOUSE_IN_A_LISTING(false, "{\"address\":{\"city\":\"Bodø\"}}"),
    PAID(true, "{\"membership\":{\"paidUntil\":\"2030-12-31\"}}"),
    NONE(true, Patch.UNTOUCHED);

    /** What stands in place of a patch. */
    private static final class Patch {
        static final String DELETED = "deleted";
        static final String UNTOUCHED = "";
    }

    private final boolean delta;
    private final String patch;

    MassChange(boolean delta, String patch) {
        this.delta = delta;
        this.patch = patch;
    }

    /** Makes every member a whole one, so that there is something to lose. */
    static void fill(CornerstoneSimulator registry) {
        registry.members()
                .toList()
                .forEach(member -> registry.update(
                        member.id(), """
                {"membership":{"status":"ACTIVE","paidUntil":null},"contact":{"mobile":"+47900%05d"},
                "person":{"birthDate":"1970-01-01"},"address":{"city":"Oslo"},"protected":false,
                "roles":[{"code":"BOARD"},{"code":"GUIDE"}]}
                """.formatted(Integer.parseInt(member.id().substring(2)))));
    }

    /** Changes the members with these numbers. */
    void make(CornerstoneSimulator registry, int first, int count) {
        for (int i = first; i < first + count; i++) {
            if (patch.equals(Patch.DELETED)) {
                registry.delete("m_" + i, "resigned");
            } else if (!patch.equals(Patch.UNTOUCHED)) {
                registry.update("m_" + i, patch);
            }
        }
    }

    /** Lets a run come by that is told of it. */
    Run run(Scene scene) {
        return delta
                ? scene.engine().deltaSync(Scene.INTEGRATION)
                : scene.engine().fullSync(Scene.INTEGRATION);
    }
}
