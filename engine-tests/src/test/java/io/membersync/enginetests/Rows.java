package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares members row by row and field by field, and tells the differences alone. */
final class Rows {

    private Rows() {}

    static void assertSame(
            String when,
            Map<String, SortedMap<String, String>> actual,
            Map<String, SortedMap<String, String>> expected) {
        assertThat(differences(actual, expected)).as(when).isEmpty();
    }

    /** {@return what differs, in words, by id and field} */
    static Map<String, String> differences(
            Map<String, SortedMap<String, String>> actual, Map<String, SortedMap<String, String>> expected) {
        Map<String, String> found = new TreeMap<>();
        for (String id : union(actual.keySet(), expected.keySet())) {
            SortedMap<String, String> is = actual.get(id);
            SortedMap<String, String> should = expected.get(id);
            if (is == null || should == null) {
                found.put(id, is == null ? "is missing" : "should not be there");
                continue;
            }
            for (String field : union(is.keySet(), should.keySet())) {
                String one = is.getOrDefault(field, "(nothing)");
                String other = should.getOrDefault(field, "(nothing)");
                if (!one.equals(other)) {
                    found.put(id + "." + field, "is " + one + ", should be " + other);
                }
            }
        }
        return found;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
