package io.membersync.internal.pipeline;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Watches what becomes of each mapped field. One that no record of a page can give any more is paused: the registry's
 * interface has changed, and neither the field's values nor the records are to suffer. It heals when records give it
 * again. For one thread.
 */
final class FieldWatch {

    /** How many records it takes to blame the interface rather than the records. */
    static final int FEWEST = 20;

    private final List<FieldReader> readers;
    private final int[] usable;
    private final int[] spoken;
    private final int[] broken;
    private final @Nullable String[] why;
    private final boolean[] everSpoken;
    private final boolean[] paused;
    private final SortedMap<MemberField, String> reasons = new TreeMap<>();
    private int onPage;
    private long records;

    FieldWatch(List<FieldReader> readers) {
        this.readers = readers;
        this.usable = new int[readers.size()];
        this.spoken = new int[readers.size()];
        this.broken = new int[readers.size()];
        this.why = new String[readers.size()];
        this.everSpoken = new boolean[readers.size()];
        this.paused = new boolean[readers.size()];
    }

    /** Pauses fields that an earlier run has paused, until a record gives them again. */
    void pause(Map<String, String> before) {
        for (int i = 0; i < paused.length; i++) {
            String reason = before.get(readers.get(i).field().key());
            if (reason != null && readers.get(i).incoming()) {
                pause(i, reason);
            }
        }
    }

    private void pause(int field, String reason) {
        paused[field] = true;
        reasons.put(readers.get(field).field(), reason);
    }

    void startPage() {
        Arrays.fill(usable, 0);
        Arrays.fill(spoken, 0);
        Arrays.fill(broken, 0);
        onPage = 0;
    }

    void record() {
        onPage++;
    }

    void read(int field, @Nullable FieldValue value) {
        if (value != null) {
            spoken[field]++;
            if (!(value instanceof FieldValue.Nothing)) {
                usable[field]++;
            }
        }
    }

    void broken(int field, String reason) {
        broken[field]++;
        why[field] = reason;
    }

    boolean paused(int field) {
        return paused[field];
    }

    /** Judges the page that was read; true when it has to be read again, because a field is paused now or no longer. */
    boolean judge() {
        boolean changed = false;
        for (int i = 0; i < paused.length; i++) {
            boolean lost = usable[i] == 0 && broken[i] >= FEWEST;
            boolean given = broken[i] == 0 ? spoken[i] > 0 : usable[i] > broken[i];
            if (!paused[i] && lost && readers.get(i).incoming()) {
                pause(i, why[i] + ", in all " + broken[i] + " records of a page");
                changed = true;
            } else if (paused[i] && given) {
                paused[i] = false;
                reasons.remove(readers.get(i).field());
                changed = true;
            }
        }
        if (!changed) {
            records += onPage;
            for (int i = 0; i < everSpoken.length; i++) {
                everSpoken[i] |= spoken[i] > 0 || broken[i] > 0;
            }
        }
        return changed;
    }

    FieldFindings findings() {
        SortedSet<MemberField> silent = new TreeSet<>();
        for (int i = 0; i < everSpoken.length && records >= FEWEST; i++) {
            if (!everSpoken[i] && !paused[i] && readers.get(i).incoming()) {
                silent.add(readers.get(i).field());
            }
        }
        return new FieldFindings(reasons, silent);
    }
}
