package io.membersync.internal.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The field names of a JSON object in their order, shared by all objects of a page that have the same: a member then
 * costs its values only. Built by one thread; once an object holds a shape, it may be read by many.
 */
final class ObjectShape {

    private static final String[] NO_NAMES = {};

    private final @Nullable ObjectShape before;
    private final String lastName;
    private final int size;
    private @Nullable ObjectShape usualNext;
    private @Nullable Map<String, ObjectShape> otherNext;
    private String @Nullable [] names;

    private ObjectShape(@Nullable ObjectShape before, String lastName, int size) {
        this.before = before;
        this.lastName = lastName;
        this.size = size;
    }

    /** {@return the shape of an object without fields, and the root of a new family of shapes} */
    static ObjectShape empty() {
        return new ObjectShape(null, "", 0);
    }

    /** {@return the shape with one field more} */
    ObjectShape with(String name) {
        ObjectShape usual = usualNext;
        if (usual == null) {
            usualNext = new ObjectShape(this, name, size + 1);
            return usualNext;
        }
        // The parser gives the same name as the same instance, so that this mostly ends at the first comparison.
        if (usual.lastName.equals(name)) {
            return usual;
        }
        if (otherNext == null) {
            otherNext = new HashMap<>();
        }
        return otherNext.computeIfAbsent(name, other -> new ObjectShape(this, other, size + 1));
    }

    /** Makes the shape ready to be read. Called before an object gets it. */
    ObjectShape completed() {
        if (names == null) {
            names = gathered();
        }
        return this;
    }

    private String[] gathered() {
        if (before == null) {
            return NO_NAMES;
        }
        String[] all = new String[size];
        ObjectShape shape = this;
        for (int i = size - 1; i >= 0 && shape != null; i--) {
            all[i] = shape.lastName;
            shape = shape.before;
        }
        return all;
    }

    /** {@return the names in their order} */
    List<String> names() {
        return List.of(gathered());
    }

    /** {@return where a field stands, -1 for nowhere; of two with one name the last, as JSON parsers do} */
    int indexOf(String name) {
        String[] all = names == null ? NO_NAMES : names;
        for (int i = all.length - 1; i >= 0; i--) {
            if (all[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
