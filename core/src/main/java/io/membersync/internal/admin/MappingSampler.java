package io.membersync.internal.admin;

import io.membersync.connector.Cursor;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.internal.pipeline.Protection;
import io.membersync.internal.pipeline.SampleReader;
import io.membersync.internal.pipeline.SampleReader.Read;
import io.membersync.mapping.MappingSet;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;
import io.membersync.setup.MappingPreview;
import io.membersync.setup.MappingPreview.Sample;
import io.membersync.setup.MappingPreview.SampledField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Shows what mappings make of the first records of a registry, beside what others do. For one thread. */
final class MappingSampler {

    private static final int FEWEST = 3;
    private static final int MOST = 5;
    private static final int MOST_PAGES = 5;
    private static final String WITHHELD = "is withheld: the address is protected";

    private final SampleReader before;
    private final SampleReader after;
    private final UnaryOperator<Set<ExternalId>> erased;

    /** Shows nobody of those that are told to be erased. */
    MappingSampler(MappingSet before, MappingSet after, UnaryOperator<Set<ExternalId>> erased) {
        this.before = new SampleReader(before);
        this.after = new SampleReader(after);
        this.erased = erased;
    }

    MappingPreview preview(FullReader reader) {
        List<Sample> samples = new ArrayList<>();
        Optional<Cursor> place = Optional.of(Cursor.START);
        for (int pages = 0; place.isPresent() && pages < MOST_PAGES && samples.size() < FEWEST; pages++) {
            Page page = reader.read(place.get());
            Set<ExternalId> passedOver = erased.apply(
                    page.records().stream().flatMap(record -> id(record).stream()).collect(Collectors.toSet()));
            page.records().stream()
                    .filter(record -> id(record).filter(passedOver::contains).isEmpty())
                    .flatMap(record -> sample(record).stream())
                    .limit((long) MOST - samples.size())
                    .forEach(samples::add);
            place = page.next();
        }
        return new MappingPreview(samples);
    }

    /** The id of a record that may be shown. */
    private static Optional<ExternalId> id(RegistryRecord record) {
        if (record instanceof RegistryRecord.Present present) {
            return Optional.of(present.externalId());
        }
        return record instanceof RegistryRecord.Unreadable broken ? broken.externalId() : Optional.empty();
    }

    private Optional<Sample> sample(RegistryRecord record) {
        if (record instanceof RegistryRecord.Present present) {
            Map<MemberField, Read> old = before.read(present.body());
            Map<MemberField, Read> fresh = after.read(present.body());
            boolean withheld = Protection.marked(state(old)) || Protection.marked(state(fresh));
            TreeSet<MemberField> fields = new TreeSet<>(old.keySet());
            fields.addAll(fresh.keySet());
            return Optional.of(new Sample(
                    present.externalId(),
                    fields.stream()
                            .map(field -> withheld && Protection.hides(field)
                                    ? new SampledField(field, Optional.empty(), Optional.empty(), Optional.of(WITHHELD))
                                    : sampled(
                                            field,
                                            old.getOrDefault(field, Read.NOTHING),
                                            fresh.getOrDefault(field, Read.NOTHING)))
                            .toList(),
                    Optional.empty()));
        }
        return record instanceof RegistryRecord.Unreadable broken
                ? broken.externalId()
                        .map(id -> new Sample(id, List.of(), Optional.of(broken.path() + " " + broken.reason())))
                : Optional.empty();
    }

    private static SampledField sampled(MemberField field, Read old, Read fresh) {
        return new SampledField(field, old.value(), fresh.value(), fresh.problem());
    }

    private static MemberState state(Map<MemberField, Read> fields) {
        MemberState.Builder state = MemberState.builder();
        fields.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> entry.getValue().value().ifPresent(value -> state.put(entry.getKey(), value)));
        return state.build();
    }
}
