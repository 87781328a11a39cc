package io.membersync.testkit.contract;

import io.membersync.mapping.RawValue;
import java.util.List;

/** A raw value in a form that can be compared: what an object holds is only known by asking, so it counts as equal. */
record ReadableValue(String kind, List<Object> parts) {

    static ReadableValue of(RawValue value) {
        if (value instanceof RawValue.Items items) {
            return new ReadableValue(
                    value.kind(),
                    List.copyOf(items.items().stream().map(ReadableValue::of).toList()));
        }
        return value instanceof RawValue.Group
                ? new ReadableValue(value.kind(), List.of())
                : new ReadableValue(value.kind(), List.of(value));
    }

    /** {@return the kind only} */
    @Override
    public String toString() {
        return kind;
    }
}
