package io.membersync.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.mapping.ContentHash;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordOrderTest {

    private final Map<ExternalId, MappedRecord> records = new LinkedHashMap<>();

    @Test
    void aMemberStaysWhereItFirstAppearedWithItsLastContent() {
        put(upsert("x", 1), merge("y", "x"), upsert("x", 2));

        assertThat(records.values()).containsExactly(upsert("x", 2), merge("y", "x"));
    }

    @Test
    void aMemberThatAppearsAfterAMergeIntoItStaysBehindIt() {
        put(merge("y", "x"), upsert("x", 1), upsert("x", 2));

        assertThat(records.values()).containsExactly(merge("y", "x"), upsert("x", 2));
    }

    @Test
    void aRemovalGoesToTheEnd() {
        put(upsert("x", 1), merge("y", "x"), remove("x"));

        assertThat(records.values()).containsExactly(merge("y", "x"), remove("x"));
    }

    @Test
    void aMemberThatComesBackGoesToTheEnd() {
        put(remove("x"), upsert("y", 1), upsert("x", 1));

        assertThat(records.values()).containsExactly(upsert("y", 1), upsert("x", 1));
    }

    private void put(MappedRecord... events) {
        for (MappedRecord event : events) {
            RecordOrder.put(records, MappedPage.idOf(event).orElseThrow(), event);
        }
    }

    private static MappedRecord upsert(String id, int version) {
        return new MappedRecord.Mapped(
                ExternalId.of(id),
                new RecordVersion(Integer.toString(version)),
                MemberState.empty(),
                new ContentHash(version, 0),
                Instant.EPOCH,
                true);
    }

    private static MappedRecord remove(String id) {
        return new MappedRecord.Removed(ExternalId.of(id), "deleted", Optional.empty(), Instant.EPOCH);
    }

    private static MappedRecord merge(String id, String into) {
        return new MappedRecord.Removed(ExternalId.of(id), "merged", Optional.of(ExternalId.of(into)), Instant.EPOCH);
    }
}
