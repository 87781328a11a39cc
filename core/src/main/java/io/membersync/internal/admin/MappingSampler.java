package io.membersync.internal.admin;

import io.membersync.connector.Cursor;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.internal.pipeline.Protection;
import io.membersync.internal.pipeline.SampleReader;
import io.membersync.internal.pipeline.SampleReader.Read;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.RecordBody;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.setup.MappingPreview;
import io.membersync.setup.MappingPreview.Sample;
import io.membersync.setup.MappingPreview.SampledField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Shows what mappings make of the first records of a registry, beside what others do. People whose address is protected
 * are left out: a mapping may show any part of a record under any name. For one thread.
 */
final class MappingSampler {

    private static final int FEWEST = 3;
    private static final int MOST = 5;
    private static final int MOST_PAGES = 5;

    private final SampleReader before;
    private final SampleReader after;
    private final List<SampleReader> marks;
    private final Function<List<ExternalId>, Set<ExternalId>> guarded;

    /**
     * Makes a sampler.
     *
     * @param before the mapping in force
     * @param after the other one
     * @param marks further mappings that may tell whose address is protected
     * @param guarded finds the records of people who are known to be protected, or were erased
     */
    MappingSampler(
            MappingSet before,
            MappingSet after,
            List<MappingSet> marks,
            Function<List<ExternalId>, Set<ExternalId>> guarded) {
        this.before = new SampleReader(before);
        this.after = new SampleReader(after);
        this.marks = Stream.concat(
                        Stream.of(this.before, this.after), marks.stream().map(SampleReader::new))
                .toList();
        this.guarded = guarded;
    }

    MappingPreview preview(FullReader reader) {
        List<Sample> samples = new ArrayList<>();
        Optional<Cursor> place = Optional.of(Cursor.START);
        for (int pages = 0; place.isPresent() && pages < MOST_PAGES && samples.size() < FEWEST; pages++) {
            Page page = reader.read(place.get());
            Set<ExternalId> known = guarded.apply(page.records().stream()
                    .flatMap(record -> id(record).stream())
                    .toList());
            page.records().stream()
                    .filter(record -> id(record).filter(known::contains).isEmpty())
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
            return isProtected(present.body()) ? Optional.empty() : Optional.of(sample(present));
        }
        return record instanceof RegistryRecord.Unreadable broken
                ? broken.externalId()
                        .map(id -> new Sample(id, List.of(), Optional.of(broken.path() + " " + broken.reason())))
                : Optional.empty();
    }

    /** Whether any of the mappings reads the mark, or cannot tell. */
    private boolean isProtected(RecordBody body) {
        return marks.stream()
                .map(reader -> reader.read(body).getOrDefault(MemberField.PROTECTED_ADDRESS, Read.NOTHING))
                .anyMatch(mark -> mark.problem().isPresent()
                        || mark.value().filter(Protection::marks).isPresent());
    }

    private Sample sample(RegistryRecord.Present present) {
        Map<MemberField, Read> old = before.read(present.body());
        Map<MemberField, Read> fresh = after.read(present.body());
        TreeSet<MemberField> fields = new TreeSet<>(old.keySet());
        fields.addAll(fresh.keySet());
        return new Sample(
                present.externalId(),
                fields.stream()
                        .map(field -> sampled(
                                field, old.getOrDefault(field, Read.NOTHING), fresh.getOrDefault(field, Read.NOTHING)))
                        .toList(),
                Optional.empty());
    }

    private static SampledField sampled(MemberField field, Read old, Read fresh) {
        return new SampledField(field, old.value(), fresh.value(), fresh.problem());
    }
}
