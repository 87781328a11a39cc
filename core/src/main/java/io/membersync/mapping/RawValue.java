package io.membersync.mapping;

import java.util.List;
import java.util.Objects;

/** What stands at one place of a registry's record, before it is understood. Immutable; never printed. */
public sealed interface RawValue {

    /** Nothing stands there. */
    record Absent() implements RawValue {
        private static final Absent INSTANCE = new Absent();
    }

    /** An explicit null. */
    record Null() implements RawValue {
        private static final Null INSTANCE = new Null();
    }

    /** {@return nothing: the record does not speak of the place} */
    static RawValue absent() {
        return Absent.INSTANCE;
    }

    /** {@return an explicit null} */
    static RawValue explicitNull() {
        return Null.INSTANCE;
    }

    /**
     * A text.
     *
     * @param text as it stands
     */
    record Text(String text) implements RawValue {
        /** Refuses null. */
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Text";
        }
    }

    /**
     * A number.
     *
     * @param text its digits as they stand
     */
    record Numeral(String text) implements RawValue {
        /** Refuses null. */
        public Numeral {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Numeral";
        }
    }

    /**
     * True or false.
     *
     * @param on the value
     */
    record Bool(boolean on) implements RawValue {}

    /**
     * A list.
     *
     * @param items its items in order
     */
    record Items(List<RawValue> items) implements RawValue {
        /** Copies the items. */
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "Items[" + items.size() + "]";
        }
    }

    /**
     * A nested object.
     *
     * @param body its members
     */
    record Group(RecordBody body) implements RawValue {
        /** Refuses null. */
        public Group {
            Objects.requireNonNull(body, "body");
        }

        @Override
        public String toString() {
            return "Group";
        }
    }

    /** {@return what this is, in a word for error messages: text, number, yes/no, list, object, null, nothing} */
    default String kind() {
        if (this instanceof Text) {
            return "text";
        } else if (this instanceof Numeral) {
            return "number";
        } else if (this instanceof Bool) {
            return "yes/no";
        } else if (this instanceof Items) {
            return "list";
        } else if (this instanceof Group) {
            return "object";
        }
        return this instanceof Null ? "null" : "nothing";
    }
}
