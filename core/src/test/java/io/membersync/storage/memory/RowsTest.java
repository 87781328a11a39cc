package io.membersync.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows, their ranges, their counts, and the way back. */
class RowsTest {

    private final UndoLog undo = new UndoLog();
    private final Rows<String> rows = new Rows<>(undo);

    @Test
    void aRollbackRestoresRowsAndCounts() {
        rows.put("o", "a", "1");
        rows.put("o", "b", "2");
        undo.commit();

        rows.put("o", "a", "changed");
        rows.put("o", "c", "3");
        rows.remove("o", "b");
        rows.put("o", "b", "again");
        rows.remove("o", "a");
        undo.rollback();

        assertThat(rows.of("o").values()).containsExactly("1", "2");
        assertThat(rows.count("o")).isEqualTo(2);
        assertThat(rows.count("other")).isZero();
    }

    @Test
    void anOwnerSeesItsOwnRowsOnly() {
        rows.put("o", "a", "1");
        rows.put("o2", "a", "2");
        rows.put("p", "a", "3");

        assertThat(rows.of("o").values()).containsExactly("1");
    }

    @Test
    void aRangeBeginsBehindItsStartAndHoldsItsEnd() {
        for (String id : new String[] {"a", "b", "c", "d"}) {
            rows.put("o", id, id);
        }

        assertThat(rows.between("o", Optional.of("a"), Optional.of("c")).values())
                .containsExactly("b", "c");
        assertThat(rows.between("o", Optional.of("c"), Optional.of("a")).values())
                .isEmpty();
        assertThat(rows.between("o", Optional.of("c"), Optional.empty()).values())
                .containsExactly("d");
    }

    @Test
    void groupsDoNotRunIntoEachOther() {
        rows.put("o", RowKey.grouped("r", "a"), "r/a");
        rows.put("o", RowKey.grouped("r1", "a"), "r1/a");
        rows.put("o", RowKey.grouped("q", "z"), "q/z");

        assertThat(rows.group("o", "r", Optional.empty()).values()).containsExactly("r/a");
        assertThat(rows.group("o", "r", Optional.of("a")).values()).isEmpty();
        rows.removeOutside("o", "r");
        assertThat(rows.of("o").values()).containsExactly("r/a");
    }
}
