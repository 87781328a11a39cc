package io.membersync.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.plan.ChangeKind;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.MassChangeLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The standard limits as a table: what changes, of how many, after what in the same window, and what becomes of it. */
class GuardTableTest {

    private enum Expected {
        APPLIED,
        HELD
    }

    @ParameterizedTest(name = "{2} of {3} {0} {1}, {4} before: {5}, {6}")
    @CsvSource({
        // A fifth of the members exactly, one under it, and one over it.
        "REMOVE,     '',      59,  300, 0,  'one under the limit', APPLIED",
        "REMOVE,     '',      60,  300, 0,  'exactly the limit', APPLIED",
        "REMOVE,     '',      61,  300, 0,  'one over the limit', HELD",
        "DEACTIVATE, '',      60,  300, 0,  'exactly the limit', APPLIED",
        "DEACTIVATE, '',      61,  300, 0,  'one over the limit', HELD",
        "IDENTIFIER, '',      60,  300, 0,  'exactly the limit', APPLIED",
        "IDENTIFIER, '',      61,  300, 0,  'one over the limit', HELD",
        "RELINK,     '',      60,  300, 0,  'exactly the limit', APPLIED",
        "RELINK,     '',      61,  300, 0,  'one over the limit', HELD",
        "BLANKING,   '',      60,  300, 0,  'a fifth of the phones', APPLIED",
        "BLANKING,   '',      61,  300, 0,  'one phone more', HELD",
        "BLANKING,   '',      120, 300, 0,  'forty percent of the phones', HELD",
        "BLANKING,   '',      300, 300, 0,  'every phone', HELD",
        "ROLE_LOSS,  '',      60,  300, 0,  'a fifth of the roles', APPLIED",
        "ROLE_LOSS,  '',      300, 300, 0,  'every role', HELD",
        "ROLE_LOSS,  '',      6,   6,   0,  'every role of a board', HELD",
        // Shares that are no whole number of members.
        "REMOVE,     '',      60,  301, 0,  'rounded down', APPLIED",
        "REMOVE,     '',      61,  304, 0,  'not yet a fifth', HELD",
        "REMOVE,     '',      61,  305, 0,  'a fifth at last', APPLIED",
        // Small clubs: five may always go.
        "REMOVE,     '',      3,   3,   0,  'a whole club of three', APPLIED",
        "REMOVE,     '',      5,   5,   0,  'a whole club of five', APPLIED",
        "REMOVE,     '',      6,   6,   0,  'a whole club of six', HELD",
        "REMOVE,     '',      5,   24,  0,  'five of a small club', APPLIED",
        "REMOVE,     '',      6,   24,  0,  'six of a small club', HELD",
        "REMOVE,     '',      6,   29,  0,  'one under thirty', HELD",
        "REMOVE,     '',      6,   30,  0,  'a fifth of thirty', APPLIED",
        "REMOVE,     '',      7,   30,  0,  'one over a fifth of thirty', HELD",
        "BLANKING,   '',      3,   8,   0,  'forty percent of a small club', APPLIED",
        "REMOVE,     '',      0,   0,   0,  'nobody of nobody', APPLIED",
        "REMOVE,     '',      6,   0,   0,  'more than there are', HELD",
        // What the hours before let through counts.
        "REMOVE,     '',      30,  300, 30, 'the second half', APPLIED",
        "REMOVE,     '',      31,  300, 30, 'the second half and one', HELD",
        "BLANKING,   '',      60,  300, 60, 'the second of two halves of forty percent', HELD",
        "ROLE_LOSS,  '',      3,   10,  3,  'two halves of a small club', HELD",
        "REMOVE,     '',      2,   10,  3,  'five of a small club in two steps', APPLIED",
        "REMOVE,     '',      1,   300, 60, 'one more when the limit is reached', HELD",
        // Updates of one field: three tenths, and fifty in any case.
        "UPDATE,     city,    90,  300, 0,  'exactly the limit', APPLIED",
        "UPDATE,     city,    91,  300, 0,  'one over the limit', HELD",
        "UPDATE,     city,    50,  60,  0,  'fifty of a small club', APPLIED",
        "UPDATE,     city,    51,  60,  0,  'fifty-one of a small club', HELD",
        "UPDATE,     city,    45,  300, 45, 'the second half', APPLIED",
        "UPDATE,     city,    46,  300, 45, 'the second half and one', HELD",
        "CREATE,     '',      900, 300, 0,  'many are new', APPLIED",
    })
    void holdsWhatIsMoreThanItsShare(
            ChangeKind kind, String field, long count, long members, long before, String what, Expected expected) {
        MassChangeGuard guard = new MassChangeGuard(MassChangeLimits.STANDARD);
        Counted counted = new Counted(kind, field);

        boolean applied =
                guard.letsThrough(ChangeTally.of(counted, before), ChangeTally.of(counted, count), () -> members);

        assertThat(applied ? Expected.APPLIED : Expected.HELD).as(what).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} before {1}")
    @CsvSource({
        "REMOVE, BLANKING",
        "BLANKING, REMOVE",
        "DEACTIVATE, REMOVE",
        "ROLE_LOSS, IDENTIFIER",
    })
    void oneKindTakesNothingFromAnother(ChangeKind before, ChangeKind after) {
        MassChangeGuard guard = new MassChangeGuard(MassChangeLimits.STANDARD);

        assertThat(guard.letsThrough(
                        ChangeTally.of(Counted.of(before), 60), ChangeTally.of(Counted.of(after), 60), () -> 300))
                .isTrue();
    }
}
