package io.membersync.connector.cornerstone;

import static io.membersync.connector.cornerstone.BrokenContract.assertCaught;
import static io.membersync.connector.cornerstone.BrokenContract.listing;
import static io.membersync.connector.cornerstone.BrokenContract.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Abilities;
import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.Page;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.SingleReader;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.Events;

/** The contract catches connectors that break a promise, each by the test that names the promise. */
class BrokenConnectorsTest {

    @Test
    void catchesAConnectorThatSkipsARecord() {
        assertCaught(SkipsARecordOnPageTwo.class, "givesEveryMemberOnce");
    }

    @Test
    void catchesAConnectorThatInventsAnOrder() {
        assertCaught(InventsAnOrder.class, "givesIdsInTheDeclaredOrder");
    }

    @Test
    void catchesAConnectorThatTakesABrokenPageForTheEnd() {
        assertCaught(TakesABrokenPageForTheEnd.class, "neverTakesATruncatedPageForTheEnd");
        assertCaught(TakesABrokenPageForTheEnd.class, "neverTakesABrokenConnectionForTheEnd");
    }

    @Test
    void catchesAConnectorThatLeaksItsKey() {
        assertCaught(LeaksItsKey.class, "keepsTheKeyOutOfEveryFailureAndLogLine");
    }

    @Test
    void catchesAConnectorThatForgetsDeletions() {
        assertCaught(ForgetsDeletions.class, "givesOneRecordForOneDeletion");
    }

    @Test
    void catchesAConnectorThatKeepsItsPlaceToItself() {
        assertCaught(KeepsItsPlaceToItself.class, "goesOnFromEveryPageAfterARestart");
    }

    @Test
    void catchesAConnectorThatWritesOverChanges() {
        assertCaught(WritesOverChanges.class, "writesNothingOverAChangeMadeMeanwhile");
    }

    @Test
    void catchesAConnectorThatHidesItsDelta() {
        assertCaught(HidesItsDelta.class, "saysWhyThereIsNoDeltaExactlyWhenThereIsNone");
    }

    @Test
    void saysWhatIsMissingInsteadOfPassing() {
        Events tests = run(HidesItsDelta.class, "givesOneRecordForOneUpdate");

        assertThat(tests.aborted().count()).isEqualTo(1);
        assertThat(tests.succeeded().count()).isZero();
    }

    private static Page with(Page page, List<RegistryRecord> records) {
        return new Page(records, page.next(), page.ending(), page.feedPosition(), page.readAt());
    }

    static class SkipsARecordOnPageTwo extends BrokenContract {
        SkipsARecordOnPageTwo() {
            super(listing(good -> after -> {
                Page page = good.read(after);
                boolean skip = !after.equals(Cursor.START) && page.ending() == Page.Ending.MORE;
                return skip
                        ? with(page, page.records().subList(1, page.records().size()))
                        : page;
            }));
        }
    }

    static class InventsAnOrder extends BrokenContract {
        InventsAnOrder() {
            super(listing(good -> after -> {
                Page page = good.read(after);
                List<RegistryRecord> reversed = new ArrayList<>(page.records());
                Collections.reverse(reversed);
                return with(page, reversed);
            }));
        }
    }

    static class TakesABrokenPageForTheEnd extends BrokenContract {
        TakesABrokenPageForTheEnd() {
            super((good, context) -> listing(reader -> after -> {
                        try {
                            return reader.read(after);
                        } catch (RegistryException e) {
                            return new Page(
                                    List.of(),
                                    Optional.empty(),
                                    Page.Ending.COMPLETE,
                                    Optional.empty(),
                                    context.time().instant());
                        }
                    })
                    .apply(good));
        }
    }

    static class LeaksItsKey extends BrokenContract {
        LeaksItsKey() {
            super((good, context) -> listing(reader -> after -> {
                        try {
                            return reader.read(after);
                        } catch (RegistryException e) {
                            String key = ((Credentials.ApiKey) context.credentials()).reveal();
                            throw new RegistryException(e.fault(), "The key " + key + " did not open the registry");
                        }
                    })
                    .apply(good));
        }
    }

    static class ForgetsDeletions extends BrokenContract {
        ForgetsDeletions() {
            super(good -> new BrokenFactory.Almost(good) {
                @Override
                public Optional<DeltaReader> deltaReader() {
                    return good.deltaReader().map(BrokenConnectorsTest::withoutDeletions);
                }
            });
        }
    }

    private static DeltaReader withoutDeletions(DeltaReader good) {
        return new DeltaReader() {
            @Override
            public Page read(Cursor after) {
                Page page = good.read(after);
                return with(
                        page,
                        page.records().stream()
                                .filter(record -> !(record instanceof RegistryRecord.Gone))
                                .toList());
            }

            @Override
            public boolean asOfEvent() {
                return good.asOfEvent();
            }
        };
    }

    static class KeepsItsPlaceToItself extends BrokenContract {
        KeepsItsPlaceToItself() {
            super(good -> {
                List<Cursor> places = new ArrayList<>();
                return listing(reader -> after -> {
                            int place = after.equals(Cursor.START) ? -1 : Integer.parseInt(after.text());
                            if (place >= places.size()) {
                                throw new RegistryException(Fault.UNREADABLE, "That page was not read here");
                            }
                            Page page = reader.read(place < 0 ? Cursor.START : places.get(place));
                            page.next().ifPresent(places::add);
                            Optional<Cursor> own =
                                    page.next().map(next -> new Cursor(String.valueOf(places.size() - 1)));
                            return new Page(page.records(), own, page.ending(), page.feedPosition(), page.readAt());
                        })
                        .apply(good);
            });
        }
    }

    static class WritesOverChanges extends BrokenContract {
        WritesOverChanges() {
            super(good -> new BrokenFactory.Almost(good) {
                @Override
                public Optional<RecordWriter> writer() {
                    return good.writer().map(writer -> write -> overwriting(good, writer, write));
                }
            });
        }
    }

    private static WriteReceipt overwriting(Connector good, RecordWriter writer, RegistryWrite write) {
        WriteReceipt receipt = writer.write(write);
        if (receipt instanceof WriteReceipt.ChangedMeanwhile) {
            SingleReader singles = good.singleReader().orElseThrow();
            RegistryRecord now =
                    singles.read(List.of(write.externalId())).records().get(0);
            if (now instanceof RegistryRecord.Present present) {
                return writer.write(new RegistryWrite(
                        write.externalId(), present.version(), write.idempotencyKey(), write.values()));
            }
        }
        return receipt;
    }

    static class HidesItsDelta extends BrokenContract {
        HidesItsDelta() {
            super(good -> new BrokenFactory.Almost(good) {
                @Override
                public Optional<DeltaReader> deltaReader() {
                    return Optional.empty();
                }

                @Override
                public Abilities abilities() {
                    return good.abilities();
                }
            });
        }
    }
}
