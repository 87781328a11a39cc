package io.membersync.internal.pipeline;

import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Registry records for tests: bodies over plain maps. */
final class Records {

    private Records() {}

    /** A body of key, value, key, value; values are text, numbers, booleans, maps, lists, or the text {@code null}. */
    static RecordBody body(Object... pairs) {
        Map<String, Object> members = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            members.put((String) pairs[i], pairs[i + 1]);
        }
        return of(members);
    }

    static List<Object> list(Object... items) {
        return Arrays.asList(items);
    }

    private static RecordBody of(Map<?, ?> members) {
        return path -> read(members, path, 0);
    }

    private static RawValue read(Map<?, ?> members, FieldPath path, int at) {
        if (!members.containsKey(path.segments().get(at))) {
            return RawValue.absent();
        }
        Object value = Objects.requireNonNull(members.get(path.segments().get(at)));
        boolean last = at + 1 == path.segments().size();
        if (path.lists().get(at) && value instanceof List<?> items) {
            List<RawValue> read = new ArrayList<>();
            for (Object item : items) {
                read.add(last ? raw(item) : read((Map<?, ?>) item, path, at + 1));
            }
            read.removeIf(RawValue.Absent.class::isInstance);
            return new RawValue.Items(read);
        }
        return last ? raw(value) : value instanceof Map<?, ?> inner ? read(inner, path, at + 1) : RawValue.absent();
    }

    private static RawValue raw(Object value) {
        if (value instanceof String text) {
            return text.equals("null") ? RawValue.explicitNull() : new RawValue.Text(text);
        } else if (value instanceof Integer number) {
            return new RawValue.Numeral(number.toString());
        } else if (value instanceof Boolean on) {
            return new RawValue.Bool(on);
        } else if (value instanceof List<?> items) {
            return new RawValue.Items(items.stream().map(Records::raw).toList());
        }
        return new RawValue.Group(of((Map<?, ?>) value));
    }
}
