package io.membersync.connector.cornerstone;

import static io.membersync.connector.cornerstone.BrokenContract.assertCaught;

import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.SingleReader;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.RecordVersion;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract catches connectors that write carelessly, or read in a circle. */
class BrokenWritesTest {

    @Test
    void catchesAConnectorThatRepeatsAWriteWhoseAnswerWasLost() {
        assertCaught(RepeatsLostWrites.class, "leavesNoDoubtAfterALostAnswer");
    }

    @Test
    void catchesAConnectorThatLooksBeforeItWritesInsteadOfWritingOnACondition() {
        assertCaught(LooksFirst.class, "writesNothingOverAChangeThatCameJustBeforeTheWrite");
    }

    @Test
    void catchesAConnectorWhoseListingLeadsInACircle() {
        assertCaught(Circles.class, "missesNobodyWhileMembersComeAndGo");
        assertCaught(Circles.class, "givesEveryMemberOnce");
    }

    static class RepeatsLostWrites extends BrokenContract {
        RepeatsLostWrites() {
            super(writing((good, write) -> {
                RecordWriter writer = good.writer().orElseThrow();
                try {
                    return writer.write(write);
                } catch (RegistryException lost) {
                    return writer.write(write);
                }
            }));
        }
    }

    static class LooksFirst extends BrokenContract {
        LooksFirst() {
            super(writing(LooksFirst::write));
        }

        private static WriteReceipt write(Connector good, RegistryWrite write) {
            RecordWriter writer = good.writer().orElseThrow();
            SingleReader singles = good.singleReader().orElseThrow();
            RegistryRecord now =
                    singles.read(List.of(write.externalId())).records().get(0);
            if (!(now instanceof RegistryRecord.Present present)
                    || !present.version().equals(write.expected())) {
                return writer.write(write);
            }
            WriteReceipt receipt = writer.write(write);
            return receipt instanceof WriteReceipt.ChangedMeanwhile changed
                            && changed.current().isPresent()
                    ? writer.write(forced(write, changed.current().get().version()))
                    : receipt;
        }

        // What a write without a condition comes to, with a registry that refuses those.
        private static RegistryWrite forced(RegistryWrite write, RecordVersion version) {
            return new RegistryWrite(write.externalId(), version, write.idempotencyKey(), write.values());
        }
    }

    static class Circles extends BrokenContract {
        Circles() {
            super(good -> new BrokenFactory.Almost(good) {
                @Override
                public FullReader fullReader() {
                    FullReader reader = good.fullReader();
                    return after -> {
                        Page page = reader.read(Cursor.START);
                        return new Page(
                                page.records(), page.next(), Page.Ending.MORE, page.feedPosition(), page.readAt());
                    };
                }
            });
        }
    }

    private static UnaryOperator<Connector> writing(BiFunction<Connector, RegistryWrite, WriteReceipt> how) {
        return good -> new BrokenFactory.Almost(good) {
            @Override
            public Optional<RecordWriter> writer() {
                return good.writer().map(writer -> write -> how.apply(good, write));
            }
        };
    }
}
