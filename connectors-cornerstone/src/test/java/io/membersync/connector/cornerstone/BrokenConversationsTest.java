package io.membersync.connector.cornerstone;

import static io.membersync.connector.cornerstone.BrokenContract.assertCaught;
import static io.membersync.connector.cornerstone.BrokenContract.listing;

import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.SingleReader;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The contract catches connectors that handle trouble wrongly, each by the test that names the promise. */
class BrokenConversationsTest {

    @Test
    void catchesAConnectorThatTakesEveryFailureForADeletion() {
        assertCaught(TakesFailuresForDeletions.class, "neverTakesAStrangersNotFoundForADeletion");
    }

    @Test
    void catchesAConnectorThatHidesPauses() {
        assertCaught(HidesPauses.class, "tellsHowLongAPauseWasAskedFor");
        assertCaught(HidesPauses.class, "tellsHowLongAPauseUntilAMomentIs");
    }

    @Test
    void catchesAConnectorThatGivesUpAtOnce() {
        assertCaught(GivesUpAtOnce.class, "waitsOutAShortPauseAndReadsOn");
        assertCaught(GivesUpAtOnce.class, "readsOnOverAFailureThatPasses");
    }

    @Test
    void catchesAConnectorThatEndsAtAnEmptyPage() {
        assertCaught(EndsAtAnEmptyPage.class, "neverTakesAnEmptyPageForTheEnd");
    }

    @Test
    void catchesAConnectorThatTakesNothingForNull() {
        assertCaught(TakesNothingForNull.class, "tellsAFieldThatIsNotThere");
    }

    @Test
    void catchesAConnectorThatDropsExplicitNulls() {
        assertCaught(DropsNulls.class, "tellsAnExplicitNullFromAFieldThatIsNotThere");
    }

    @Test
    void catchesAConnectorThatReadsOnePageOfChanges() {
        assertCaught(ReadsOnePageOfChanges.class, "losesNobodyAmongChangesOfOneInstant");
    }

    @Test
    void catchesAConnectorThatBlamesTheKeyForEverything() {
        assertCaught(BlamesTheKey.class, "blamesTheNetworkForAClosedPort");
        assertCaught(BlamesTheKey.class, "blamesTheNetworkForAServerThatHangs");
        assertCaught(BlamesTheKey.class, "blamesTheAddressForAWrongPath");
        assertCaught(BlamesTheKey.class, "blamesTheAddressForACertificateOfAnotherName");
    }

    @Test
    void catchesAConnectorThatBlamesTheNetworkForEverything() {
        assertCaught(BlamesTheNetwork.class, "blamesTheKeyThatTheRegistryDoesNotKnow");
    }

    @Test
    void catchesAConnectorThatTalksLikeAProgrammer() {
        assertCaught(TalksLikeAProgrammer.class, "blamesTheNetworkForAHostThatNobodyKnows");
    }

    @Test
    void catchesAConnectorThatFollowsRedirects() {
        assertCaught(FollowsRedirects.class, "followsNoRedirectThatMoved");
        assertCaught(FollowsRedirects.class, "blamesTheAddressForARedirectAndFollowsItNowhere");
    }

    static class TakesFailuresForDeletions extends BrokenContract {
        TakesFailuresForDeletions() {
            super((good, context) -> new BrokenFactory.Almost(good) {
                @Override
                public Optional<SingleReader> singleReader() {
                    return good.singleReader().map(reader -> ids -> {
                        try {
                            return reader.read(ids);
                        } catch (RegistryException e) {
                            List<RegistryRecord> gone = ids.stream()
                                    .<RegistryRecord>map(id -> new RegistryRecord.Gone(id, "deleted"))
                                    .toList();
                            return new Page(
                                    gone,
                                    Optional.empty(),
                                    Page.Ending.COMPLETE,
                                    Optional.empty(),
                                    context.time().instant());
                        }
                    });
                }
            });
        }
    }

    static class HidesPauses extends BrokenContract {
        HidesPauses() {
            super(listing(reader -> after -> {
                try {
                    return reader.read(after);
                } catch (RegistryException e) {
                    throw new RegistryException(e.fault(), "The listing cannot be read");
                }
            }));
        }
    }

    static class GivesUpAtOnce extends BrokenContract {
        GivesUpAtOnce() {
            super((good, context) -> {
                long before = context.time().instant().toEpochMilli();
                return listing(reader -> after -> {
                            Page page = reader.read(after);
                            if (context.time().instant().toEpochMilli() != before) {
                                throw new RegistryException(Fault.REGISTRY_DOWN, "The registry was not there at once");
                            }
                            return page;
                        })
                        .apply(good);
            });
        }
    }

    static class EndsAtAnEmptyPage extends BrokenContract {
        EndsAtAnEmptyPage() {
            super(listing(reader -> after -> {
                Page page = reader.read(after);
                return page.records().isEmpty()
                        ? new Page(
                                List.of(), Optional.empty(), Page.Ending.COMPLETE, page.feedPosition(), page.readAt())
                        : page;
            }));
        }
    }

    static class TakesNothingForNull extends BrokenContract {
        TakesNothingForNull() {
            super(listing(reader -> after -> reading(reader.read(after), body -> path -> {
                RawValue value = body.read(path);
                return value instanceof RawValue.Absent ? RawValue.explicitNull() : value;
            })));
        }
    }

    static class DropsNulls extends BrokenContract {
        DropsNulls() {
            super(listing(reader -> after -> reading(reader.read(after), body -> path -> {
                RawValue value = body.read(path);
                return value instanceof RawValue.Null ? RawValue.absent() : value;
            })));
        }
    }

    private static Page reading(Page page, UnaryOperator<RecordBody> body) {
        List<RegistryRecord> records = page.records().stream()
                .map(record -> record instanceof RegistryRecord.Present present
                        ? new RegistryRecord.Present(
                                present.externalId(), present.version(), body.apply(present.body()))
                        : record)
                .toList();
        return new Page(records, page.next(), page.ending(), page.feedPosition(), page.readAt());
    }

    static class ReadsOnePageOfChanges extends BrokenContract {
        ReadsOnePageOfChanges() {
            super(good -> new BrokenFactory.Almost(good) {
                @Override
                public Optional<DeltaReader> deltaReader() {
                    return good.deltaReader().map(BrokenConversationsTest::onePage);
                }
            });
        }
    }

    private static DeltaReader onePage(DeltaReader good) {
        return new DeltaReader() {
            @Override
            public Page read(Cursor after) {
                Page page = good.read(after);
                return new Page(page.records(), page.next(), Page.Ending.COMPLETE, page.feedPosition(), page.readAt());
            }

            @Override
            public boolean asOfEvent() {
                return good.asOfEvent();
            }
        };
    }

    private static Connector testing(Connector good, UnaryOperator<ConnectionReport.Failed> telling) {
        return new BrokenFactory.Almost(good) {
            @Override
            public ConnectionReport test() {
                ConnectionReport report = good.test();
                return report instanceof ConnectionReport.Failed failed ? telling.apply(failed) : report;
            }
        };
    }

    private static ConnectionReport.Failed blaming(Fault fault, ConnectionReport.Failed failed) {
        return new ConnectionReport.Failed(fault, failed.detail(), fault.advice());
    }

    static class BlamesTheKey extends BrokenContract {
        BlamesTheKey() {
            super(good -> testing(good, failed -> blaming(Fault.CREDENTIALS, failed)));
        }
    }

    static class BlamesTheNetwork extends BrokenContract {
        BlamesTheNetwork() {
            super(good -> testing(good, failed -> blaming(Fault.NETWORK, failed)));
        }
    }

    static class TalksLikeAProgrammer extends BrokenContract {
        TalksLikeAProgrammer() {
            super(good -> testing(
                    good,
                    failed -> new ConnectionReport.Failed(
                            failed.fault(), failed.detail(), "java.net.UnknownHostException in network layer")));
        }
    }

    static class FollowsRedirects extends BrokenContract {
        FollowsRedirects() {
            super((good, context) -> new BrokenFactory.Almost(good) {
                @Override
                public ConnectionReport test() {
                    followed(context);
                    return good.test();
                }
            });
        }
    }

    // A connector that does without the gateway, which is how one comes to follow redirects.
    private static void followed(ConnectorContext context) {
        Matcher origin =
                Pattern.compile("https?://[^\\]]+").matcher(context.gateway().toString());
        String key = ((Credentials.ApiKey) context.credentials()).reveal();
        if (!origin.find()) {
            throw new IllegalStateException("The gateway does not tell where it leads");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin.group() + "/ping"))
                .header("X-API-Key", key)
                .build();
        try {
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.ALWAYS)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
