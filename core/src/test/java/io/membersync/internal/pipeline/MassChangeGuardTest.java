package io.membersync.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.MemberId;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.MassChangeLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits and what is let through, as numbers. */
class MassChangeGuardTest {

    private static final Counted CITY = new Counted(ChangeKind.UPDATE, "city");

    private final MassChangeGuard guard = new MassChangeGuard(MassChangeLimits.STANDARD);

    @ParameterizedTest(name = "{0} of {1}, {2} before: {3}")
    @CsvSource({
        "59, 300, 0, true",
        "60, 300, 0, true",
        "61, 300, 0, false",
        "30, 300, 30, true",
        "31, 300, 30, false",
        "5, 24, 0, true",
        "6, 24, 0, false",
        "5, 25, 0, true",
        "6, 25, 0, false",
        "5, 1, 0, true",
        "5, 0, 0, true",
        "6, 0, 0, false",
        "5, 29, 0, true",
        "6, 30, 0, true",
        "7, 30, 0, false",
        "200000, 1000000, 0, true",
        "200001, 1000000, 0, false",
    })
    void letsDestructiveChangesThroughUpToAFifthOrFive(long count, long members, long before, boolean expected) {
        for (ChangeKind kind : ChangeKind.values()) {
            if (kind.destructive()) {
                assertThat(guard.letsThrough(
                                ChangeTally.of(Counted.of(kind), before),
                                ChangeTally.of(Counted.of(kind), count),
                                () -> members))
                        .as("%s", kind)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void countsEachKindByItself() {
        ChangeTally waiting = ChangeTally.NONE;
        for (ChangeKind kind : ChangeKind.values()) {
            if (kind.destructive()) {
                waiting = waiting.plus(ChangeTally.of(Counted.of(kind), 60));
            }
        }

        assertThat(guard.letsThrough(ChangeTally.NONE, waiting, () -> 300)).isTrue();
        assertThat(guard.letsThrough(
                        ChangeTally.NONE, waiting.plus(ChangeTally.of(Counted.of(ChangeKind.BLANKING), 1)), () -> 300))
                .isFalse();
    }

    @Test
    void stagesWhatIsDestructiveAndAppliesUpdatesUntilTheirFieldsLimit() {
        Map<MemberId, Set<Counted>> effects = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            effects.put(MemberId.of("m" + i), Set.of(CITY));
        }
        effects.put(MemberId.of("created"), Set.of(Counted.of(ChangeKind.CREATE)));
        effects.put(MemberId.of("gone"), Set.of(Counted.of(ChangeKind.REMOVE)));
        effects.put(MemberId.of("street"), Set.of(new Counted(ChangeKind.UPDATE, "street")));

        Set<MemberId> staged = guard.staged(effects, ChangeTally.of(CITY, 3), () -> 100);

        assertThat(staged).hasSize(1 + 60 - (50 - 3)).contains(MemberId.of("gone"), MemberId.of("m59"));
        assertThat(staged).doesNotContain(MemberId.of("m46"), MemberId.of("created"), MemberId.of("street"));
    }

    @Test
    void asksForTheNumberOfMembersOnlyWhereItMatters() {
        assertThat(guard.letsThrough(ChangeTally.NONE, ChangeTally.of(Counted.of(ChangeKind.REMOVE), 5), () -> {
                    throw new AssertionError("counting members costs");
                }))
                .isTrue();
    }

    @Test
    void limitsNothingWithoutLimits() {
        MassChangeGuard off = new MassChangeGuard(MassChangeLimits.NONE);
        Map<MemberId, Set<Counted>> effects = Map.of(MemberId.of("gone"), Set.of(Counted.of(ChangeKind.REMOVE), CITY));

        assertThat(off.staged(effects, ChangeTally.NONE, () -> 1)).isEmpty();
        assertThat(off.letsThrough(ChangeTally.NONE, ChangeTally.of(Counted.of(ChangeKind.REMOVE), 1_000), () -> 1))
                .isTrue();
    }

    @Test
    void takesWhatTheWindowRemovedAsPartOfThePopulation() {
        assertThat(MassChangeGuard.population(260, ChangeTally.of(Counted.of(ChangeKind.REMOVE), 40)))
                .isEqualTo(300);
    }
}
