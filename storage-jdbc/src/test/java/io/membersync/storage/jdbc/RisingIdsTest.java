package io.membersync.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** New ids rise, also within a millisecond and while the clock stands back. */
class RisingIdsTest {

    @Test
    void idsRiseWhateverTheClockDoes() {
        AtomicLong now = new AtomicLong(Instant.parse("2031-05-06T07:08:09Z").toEpochMilli());
        RisingIds ids = new RisingIds(() -> Instant.ofEpochMilli(now.get()), new Random(17));
        List<String> texts = new ArrayList<>();
        List<String> uuids = new ArrayList<>();
        Random clock = new Random(18);
        for (int i = 0; i < 10_000; i++) {
            UUID id = ids.next();
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            uuids.add(id.toString());
            texts.add(RisingIds.text(id));
            now.addAndGet(clock.nextInt(5) - 1);
        }

        assertThat(uuids).isSorted().doesNotHaveDuplicates();
        assertThat(texts).isSorted().doesNotHaveDuplicates().allMatch(text -> text.matches("[0-9A-Z]{26}"));
    }

    @Test
    void storagesWithTheSameClockGiveOutDifferentIds() {
        Instant now = Instant.parse("2031-05-06T07:08:09Z");

        assertThat(new RisingIds(() -> now, new Random(1)).next())
                .isNotEqualTo(new RisingIds(() -> now, new Random(2)).next());
    }
}
