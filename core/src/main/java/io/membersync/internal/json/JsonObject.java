package io.membersync.internal.json;

import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON object as compactly as it can be held: a shared shape and its values. A value is a {@code String}, a
 * {@link JsonObject}, an {@code Object[]} of values, or a {@link RawValue} for everything else. Immutable once it is
 * built.
 */
public final class JsonObject implements RecordBody {

    private final ObjectShape shape;
    private final Object[] values;

    JsonObject(ObjectShape shape, Object[] values) {
        this.shape = shape.completed();
        this.values = values;
    }

    @Override
    public RawValue read(FieldPath path) {
        return read(path, 0);
    }

    /**
     * Reads a text.
     *
     * @param path where
     * @return the text there, nothing where none stands
     */
    public Optional<String> text(FieldPath path) {
        return read(path) instanceof RawValue.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    /**
     * Reads an object.
     *
     * @param path where, one step
     * @return the object there, nothing where none stands
     */
    public Optional<JsonObject> object(FieldPath path) {
        int index = shape.indexOf(path.segments().get(0));
        return index >= 0 && values[index] instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /** {@return the names of the fields in their order; one name twice where it stands twice} */
    public List<String> names() {
        return shape.names();
    }

    /**
     * Reads a field by its place.
     *
     * @param place where its name stands in {@link #names()}
     * @return its value
     */
    public RawValue value(int place) {
        return raw(values[place]);
    }

    private RawValue read(FieldPath path, int from) {
        List<String> segments = path.segments();
        JsonObject at = this;
        for (int i = from; ; i++) {
            int index = at.shape.indexOf(segments.get(i));
            if (index < 0) {
                return RawValue.absent();
            }
            Object value = at.values[index];
            if (path.lists().get(i)) {
                return listed(value, path, i + 1);
            }
            if (i == segments.size() - 1) {
                return raw(value);
            }
            if (!(value instanceof JsonObject inner)) {
                return RawValue.absent();
            }
            at = inner;
        }
    }

    // A null in the list's place says that there is no list, which is more than saying nothing.
    private static RawValue listed(Object value, FieldPath path, int rest) {
        if (!(value instanceof Object[] items)) {
            return value instanceof RawValue.Null none ? none : RawValue.absent();
        }
        if (rest == path.segments().size()) {
            return raw(value);
        }
        List<RawValue> found = new ArrayList<>(items.length);
        for (Object item : items) {
            RawValue inside = item instanceof JsonObject object ? object.read(path, rest) : RawValue.absent();
            if (!(inside instanceof RawValue.Absent)) {
                found.add(inside);
            }
        }
        return new RawValue.Items(found);
    }

    private static RawValue raw(Object value) {
        if (value instanceof String text) {
            return new RawValue.Text(text);
        } else if (value instanceof RawValue ready) {
            return ready;
        } else if (value instanceof JsonObject object) {
            return new RawValue.Group(object);
        }
        Object[] items = (Object[]) value;
        List<RawValue> raws = new ArrayList<>(items.length);
        for (Object item : items) {
            raws.add(raw(item));
        }
        return new RawValue.Items(raws);
    }

    /** {@return the number of fields only} */
    @Override
    public String toString() {
        return "JsonObject[" + values.length + " fields]";
    }
}
