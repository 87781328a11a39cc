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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract catches connectors that break a promise, each by the test that names the promise. */
class BrokenConnectorsTest {

    @Test
    void findsNoFaultInTheGoodConnector() {
        assertThat(caught(Good.class)).isEmpty();
    }

    @Test
    void catchesAConnectorThatSkipsARecord() {
        assertThat(caught(SkipsARecordOnPageTwo.class)).contains("givesEveryMemberOnce");
    }

    @Test
    void catchesAConnectorThatInventsAnOrder() {
        assertThat(caught(InventsAnOrder.class)).contains("givesIdsInTheDeclaredOrder");
    }

    @Test
    void catchesAConnectorThatTakesABrokenPageForTheEnd() {
        assertThat(caught(TakesABrokenPageForTheEnd.class))
                .contains("neverTakesATruncatedPageForTheEnd", "neverTakesABrokenConnectionForTheEnd");
    }

    @Test
    void catchesAConnectorThatLeaksItsKey() {
        assertThat(caught(LeaksItsKey.class)).contains("keepsTheKeyOutOfEveryFailureAndLogLine");
    }

    @Test
    void catchesAConnectorThatForgetsDeletions() {
        assertThat(caught(ForgetsDeletions.class)).contains("givesOneRecordForOneDeletion");
    }

    @Test
    void catchesAConnectorThatKeepsItsPlaceToItself() {
        assertThat(caught(KeepsItsPlaceToItself.class)).contains("goesOnFromEveryPageAfterARestart");
    }

    @Test
    void catchesAConnectorThatWritesOverChanges() {
        assertThat(caught(WritesOverChanges.class)).contains("writesNothingOverAChangeMadeMeanwhile");
    }

    @Test
    void catchesAConnectorThatHidesItsDelta() {
        assertThat(caught(HidesItsDelta.class)).contains("saysWhyThereIsNoDeltaExactlyWhenThereIsNone");
    }

    private static Set<String> caught(Class<?> contract) {
        Set<String> names = new TreeSet<>();
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(contract)).execute().testEvents().failed().stream()
                .map(Event::getTestDescriptor)
                .forEach(test -> names.add(test.getDisplayName().replace("()", "")));
        return names;
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
