package io.membersync.internal.pipeline;

import io.membersync.mapping.Mapping;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.Transform;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a member field's value into what stands in the registry's record: the mapping read backward. */
public final class FieldWriter {

    private FieldWriter() {}

    /**
     * Says why a mapping cannot be read backward.
     *
     * @param mapping the mapping
     * @return the reason; empty when it can
     */
    public static Optional<String> objection(Mapping mapping) {
        if (mapping.field().kind() == MemberField.Kind.AFFILIATIONS) {
            return Optional.of("units cannot be written back");
        }
        for (Transform step : mapping.transforms()) {
            if (step instanceof Transform.JoinParts) {
                return Optional.of("joined parts cannot be written back");
            }
            Map<?, String> codes = codes(step);
            if (codes.values().stream().distinct().count() < codes.size()) {
                return Optional.of("two of the registry's codes mean the same, so none can be written back");
            }
        }
        return Optional.empty();
    }

    private static Map<?, String> codes(Transform step) {
        if (step instanceof Transform.CodeList list) {
            return list.codes();
        }
        return step instanceof Transform.BitList list ? list.codes() : Map.of();
    }

    /**
     * Gives a value as the registry writes it.
     *
     * @param mapping the field's mapping, without {@link #objection}
     * @param value the value
     * @return what to write; empty when the registry has no code for it
     */
    public static Optional<RawValue> raw(Mapping mapping, FieldValue value) {
        Optional<RawValue> raw = Optional.of(plain(mapping, value));
        List<Transform> backward = new ArrayList<>(mapping.transforms());
        Collections.reverse(backward);
        for (Transform step : backward) {
            if (step instanceof Transform.CodeList list) {
                raw = raw.flatMap(text -> coded(list, text));
            } else if (step instanceof Transform.BitList list) {
                raw = raw.flatMap(items -> bits(list, items));
            }
        }
        return raw;
    }

    private static RawValue plain(Mapping mapping, FieldValue value) {
        if (value instanceof FieldValue.Text text) {
            return new RawValue.Text(text.text());
        } else if (value instanceof FieldValue.Day day) {
            return new RawValue.Text(mapping.transforms().stream()
                    .filter(Transform.DateForm.class::isInstance)
                    .map(step -> ((Transform.DateForm) step).formatter().format(day.date()))
                    .reduce((first, second) -> second)
                    .orElseGet(() -> day.date().toString()));
        } else if (value instanceof FieldValue.Flag flag) {
            return new RawValue.Bool(flag.on());
        } else if (value instanceof FieldValue.Codes codes) {
            return new RawValue.Items(
                    codes.codes().stream().<RawValue>map(RawValue.Text::new).toList());
        }
        return RawValue.explicitNull();
    }

    private static Optional<RawValue> bits(Transform.BitList list, RawValue value) {
        if (!(value instanceof RawValue.Items items)) {
            return Optional.of(value);
        }
        int bits = 0;
        for (RawValue item : items.items()) {
            Optional<Integer> bit = list.codes().entrySet().stream()
                    .filter(code -> new RawValue.Text(code.getValue()).equals(item))
                    .map(Map.Entry::getKey)
                    .findFirst();
            if (bit.isEmpty()) {
                return Optional.empty();
            }
            bits |= bit.get();
        }
        return Optional.of(new RawValue.Numeral(String.valueOf(bits)));
    }

    private static Optional<RawValue> coded(Transform.CodeList list, RawValue value) {
        if (value instanceof RawValue.Items items) {
            List<RawValue> coded = new ArrayList<>();
            for (RawValue item : items.items()) {
                Optional<RawValue> one = coded(list, item);
                if (one.isEmpty()) {
                    return one;
                }
                coded.add(one.get());
            }
            return Optional.of(new RawValue.Items(coded));
        }
        if (!(value instanceof RawValue.Text text)) {
            return Optional.of(value);
        }
        return list.codes().entrySet().stream()
                .filter(code -> code.getValue().equals(text.text()))
                .map(Map.Entry::getKey)
                .<RawValue>map(RawValue.Text::new)
                .findFirst();
    }
}
