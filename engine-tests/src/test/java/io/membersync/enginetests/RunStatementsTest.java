package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How many statements whole runs send to PostgreSQL, from the request to start one until it is over: a few for the run,
 * a few for each page and batch, none for each member.
 */
class RunStatementsTest {

    private static final int MEMBERS = 2_000;
    private static final int PAGES = 4;
    // Two of them take the webhooks that wait and note them as read; one finds the number of what it goes by.
    private static final int OF_A_RUN = 24;
    private static final int OF_AN_UNCHANGED_PAGE = 3;
    private static final int OF_A_BATCH = 10;
    // Whether there are members, one for each field that match keys go by, whose they are, and open questions.
    private static final int TO_MATCH_THE_NEW = 7;
    // What was let through lately is read once for a run, and written with each batch that changes it; a complete
    // listing takes the place of plans, and its absences that of others.
    private static final int OF_THE_GUARD = 2;
    // Whether members are linked elsewhere too: when they are loaded, changed, and ended.
    private static final int OF_OTHER_LINKS = 3;
    // The first full sync notes what is in force from then on.
    private static final int OF_THE_FIRST = 1;
    // At an engine's start its keys are looked over, and the first run of all makes the one that knows erased persons,
    // unless somebody was erased, whom another key would not know.
    private static final int OF_KEYS = 7;
    // However much is staged: to store it, to count and read it, to load, plan and commit it once more.
    private static final int OF_WHAT_IS_STAGED = 26;
    // Duties beside the run: two look for enrichments, and what the runs before left to the audit's chain takes four
    // for
    // each thousand entries, and the looks.
    private static final int BESIDE_THE_RUN = 2 + 13;

    // What is looked at now and then, whatever runs: what is due, how all integrations are, which alerts are open.
    private static final int OF_LOOKING = 6;

    private final CountedDatabase database = new CountedDatabase(PostgresServer.freshDatabase());
    private final Scene scene = Scene.on(new JdbcHost(database.dataSource()))
            .members(MEMBERS, 3)
            .pageSize(500)
            .start();

    @BeforeEach
    void forgetWhatCameBefore() {
        database.sent();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void anInitialLoadSendsAtMostTenForEachBatch() {
        scene.full();

        assertThat(statements())
                .hasSizeLessThanOrEqualTo(OF_A_RUN
                        + OF_THE_GUARD
                        + OF_LOOKING
                        + OF_THE_FIRST
                        + OF_KEYS
                        + BESIDE_THE_RUN
                        + PAGES * OF_A_BATCH);
    }

    @Test
    void aFullSyncWithoutChangesSendsAtMostThreeForEachPage() {
        scene.full();
        database.sent();

        scene.full();

        assertThat(statements())
                .hasSizeLessThanOrEqualTo(
                        OF_A_RUN + OF_THE_GUARD + OF_LOOKING + BESIDE_THE_RUN + PAGES * OF_AN_UNCHANGED_PAGE);
    }

    @Test
    void aDeltaOfHundredsSendsHardlyMoreThanADeltaOfOne() {
        scene.full();
        database.sent();

        scene.registry().applyRandomChanges(1, 1);
        scene.delta();
        List<String> one = statements();
        scene.registry().applyRandomChanges(400, 2);
        scene.delta();
        List<String> hundreds = statements();

        assertThat(one)
                .hasSizeLessThanOrEqualTo(
                        33 + TO_MATCH_THE_NEW + OF_THE_GUARD + OF_LOOKING + BESIDE_THE_RUN + OF_OTHER_LINKS);
        assertThat(hundreds)
                .hasSizeLessThanOrEqualTo(37
                        + TO_MATCH_THE_NEW
                        + OF_THE_GUARD
                        + OF_LOOKING
                        + OF_WHAT_IS_STAGED
                        + BESIDE_THE_RUN
                        + 2 * OF_OTHER_LINKS);
    }

    private List<String> statements() {
        return database.sent().stream()
                .filter(statement -> !statement.equals("COMMIT"))
                .toList();
    }
}
