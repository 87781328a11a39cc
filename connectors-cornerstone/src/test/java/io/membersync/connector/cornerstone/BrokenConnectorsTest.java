package io.membersync.connector.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.membersync.connector.Abilities;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.SingleReader;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.testkit.contract.ConnectorContract;
import io.membersync.testkit.contract.ConnectorFixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
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

    // The same test over the unbroken connector passes, so that it is the broken promise that fails it.
    private static void assertCaught(Class<?> broken, String test) {
        assertThat(run(broken, test).failed().count()).as(test + ", broken").isEqualTo(1);
        assertThat(run(Good.class, test).succeeded().count())
                .as(test + ", good")
                .isEqualTo(1);
    }

    private static Events run(Class<?> contract, String test) {
        PostDiscoveryFilter only = descriptor -> FilterResult.includedIf(
                !descriptor.isTest() || descriptor.getUniqueId().toString().contains("[method:" + test + "("));
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .filters(only)
                .execute()
                .testEvents();
    }

    /** The contract over a connector that breaks one promise. */
    abstract static class Case extends ConnectorContract {

        private final BiFunction<Connector, ConnectorContext, Connector> breaking;

        Case(UnaryOperator<Connector> breaking) {
            this((good, context) -> breaking.apply(good));
        }

        Case(BiFunction<Connector, ConnectorContext, Connector> breaking) {
            this.breaking = breaking;
        }

        @Override
        protected ConnectorFixture start(int members) {
            return new CornerstoneFixture(members, new BrokenFactory(breaking));
        }
    }

    static class Good extends Case {
        Good() {
            super(BrokenFactory.Almost::new);
        }
    }

    /** Breaks the listing. */
    static UnaryOperator<Connector> listing(UnaryOperator<FullReader> breaking) {
        return good -> new BrokenFactory.Almost(good) {
            @Override
            public FullReader fullReader() {
                return breaking.apply(good.fullReader());
            }
        };
    }

    private static Page with(Page page, List<RegistryRecord> records) {
        return new Page(records, page.next(), page.ending(), page.feedPosition(), page.readAt());
    }

    static class SkipsARecordOnPageTwo extends Case {
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

    static class InventsAnOrder extends Case {
        InventsAnOrder() {
            super(listing(good -> after -> {
                Page page = good.read(after);
                List<RegistryRecord> reversed = new ArrayList<>(page.records());
                Collections.reverse(reversed);
                return with(page, reversed);
            }));
        }
    }

    static class TakesABrokenPageForTheEnd extends Case {
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

    static class LeaksItsKey extends Case {
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

    static class ForgetsDeletions extends Case {
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

    static class KeepsItsPlaceToItself extends Case {
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

    static class WritesOverChanges extends Case {
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

    static class HidesItsDelta extends Case {
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
