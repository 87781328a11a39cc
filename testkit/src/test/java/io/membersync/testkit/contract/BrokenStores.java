package io.membersync.testkit.contract;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.run.Run;
import io.membersync.storage.AppMember;
import io.membersync.storage.AuditStore;
import io.membersync.storage.EditMark;
import io.membersync.storage.EditStore;
import io.membersync.storage.ErasureStore;
import io.membersync.storage.LinkStore;
import io.membersync.storage.MemberStore;
import io.membersync.storage.RunStore;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Storages with one store that breaks a promise, under the contract. They are run by {@link StorageContractTest} only,
 * which expects them to fail.
 */
final class BrokenStores {

    private BrokenStores() {}

    /** A link is saved whatever its revision. */
    static final class IgnoresRevisions extends BrokenStorages.Broken {
        @Override
        @SuppressWarnings("unchecked") // the parameters of LinkStore.save
        protected Storage storage() {
            return new TwistedStorage<>("links", LinkStore.class, (session, method, given, call) -> {
                if (!method.equals("save")) {
                    return call.go();
                }
                IntegrationId integration = (IntegrationId) given[0];
                given[1] = ((List<Link>) given[1])
                        .stream()
                                .map(link -> StorageSamples.revised(
                                        link,
                                        Optional.ofNullable(session.links()
                                                        .load(integration, List.of(link.externalId()))
                                                        .get(link.externalId()))
                                                .map(Link::revision)
                                                .orElse(0L)))
                                .toList();
                return call.go();
            });
        }
    }

    /** Marks are cleared though a later edit was announced. */
    static final class ClearsLaterEdits extends BrokenStorages.Broken {
        @Override
        @SuppressWarnings("unchecked") // the parameters of EditStore.clear
        protected Storage storage() {
            return new TwistedStorage<>("edits", EditStore.class, (session, method, given, call) -> {
                if (method.equals("clear")) {
                    List<ExternalId> ids = ((Collection<EditMark>) given[1])
                            .stream().map(EditMark::externalId).toList();
                    given[1] =
                            session.edits().load((IntegrationId) given[0], ids).values();
                }
                return call.go();
            });
        }
    }

    /** Changes are applied though the member moved. */
    static final class OverwritesMembers extends BrokenStorages.Broken {
        @Override
        @SuppressWarnings("unchecked") // the parameters of MemberStore.apply
        protected Storage storage() {
            return new TwistedStorage<>("members", MemberStore.class, (session, method, given, call) -> {
                if (method.equals("apply")) {
                    OrganizationId organization = (OrganizationId) given[0];
                    given[1] = ((List<MemberChange>) given[1])
                            .stream()
                                    .map(change -> onTop(session, organization, change))
                                    .toList();
                }
                return call.go();
            });
        }

        private static MemberChange onTop(Session session, OrganizationId organization, MemberChange change) {
            AppMember now = session.members()
                    .load(organization, List.of(change.member()))
                    .get(change.member());
            return now != null && change instanceof MemberChange.Update update
                    ? new MemberChange.Update(update.member(), update.externalId(), now.version(), update.changes())
                    : change;
        }
    }

    /** What is noted of an erased person is noted for everybody's organization. */
    static final class MixesErasedOrganizations extends BrokenStorages.Broken {
        @Override
        protected Storage storage() {
            return new TwistedStorage<>("erasures", ErasureStore.class, (session, method, given, call) -> {
                if (method.equals("note") || method.equals("noted") || method.equals("lift")) {
                    given[0] = StorageSamples.NORTH;
                }
                return call.go();
            });
        }
    }

    /** A person's links are erased, and all else stays. */
    static final class ErasesLinksOnly extends BrokenStorages.Broken {
        @Override
        protected Storage storage() {
            return new TwistedStorage<>("erasures", ErasureStore.class, (session, method, given, call) -> {
                if (method.equals("erase")) {
                    given[2] = List.of();
                }
                return call.go();
            });
        }
    }

    /** Empty text is taken for no value, as some databases do. */
    static final class LosesEmptyText extends BrokenStorages.Broken {
        @Override
        @SuppressWarnings("unchecked") // the answer of MemberStore.load
        protected Storage storage() {
            return new TwistedStorage<>("members", MemberStore.class, (session, method, given, call) -> {
                Object answer = call.go();
                return method.equals("load") ? emptied((Map<MemberId, AppMember>) answer) : answer;
            });
        }

        private static Map<MemberId, AppMember> emptied(Map<MemberId, AppMember> members) {
            Map<MemberId, AppMember> emptied = new LinkedHashMap<>();
            members.forEach((id, member) -> {
                MemberState.Builder state = MemberState.builder().addAll(member.state());
                for (MemberField field : member.state().fields()) {
                    if (member.state().value(field).equals(FieldValue.text(""))) {
                        state.put(field, FieldValue.nothing());
                    }
                }
                emptied.put(id, new AppMember(id, member.version(), state.build()));
            });
            return emptied;
        }
    }

    /** A save forgets what was asked of the run meanwhile. */
    static final class ForgetsWhatWasAsked extends BrokenStorages.Broken {
        @Override
        protected Storage storage() {
            return new TwistedStorage<>("runs", RunStore.class, (session, method, given, call) -> {
                if (method.equals("save")) {
                    session.runs().ask(((Run) given[0]).id(), RunStore.Ask.GO_ON);
                }
                return call.go();
            });
        }
    }

    /** A second run is said to be taken. */
    static final class TakesASecondRun extends BrokenStorages.Broken {
        @Override
        protected Storage storage() {
            return new TwistedStorage<>("runs", RunStore.class, (session, method, given, call) -> {
                Object answer = call.go();
                return method.equals("add") ? true : answer;
            });
        }
    }

    /** The audit's cursor counts from the newest entry. */
    static final class PagesByOffset extends BrokenStorages.Broken {
        @Override
        protected Storage storage() {
            return new TwistedStorage<>("audit", AuditStore.class, (session, method, given, call) -> {
                if (!method.equals("find")) {
                    return call.go();
                }
                AuditQuery query = (AuditQuery) given[0];
                int skipped = query.cursor().map(Integer::valueOf).orElse(0);
                AuditQuery all = new AuditQuery(query.organization(), query.criteria(), Optional.empty(), 1000);
                List<AuditEntry> entries = session.audit().find(all).items();
                int end = Math.min(skipped + query.limit(), entries.size());
                return new Slice<>(
                        entries.subList(skipped, end),
                        end < entries.size() ? Optional.of(String.valueOf(end)) : Optional.empty());
            });
        }
    }

    /** Stands in for the methods of one store. */
    @FunctionalInterface
    private interface StoreTwist {
        Object answer(Session session, String method, Object[] given, BrokenStorage.Twist.Call call) throws Throwable;
    }

    private static final class TwistedStorage<S> extends BrokenStorage {
        private final String store;
        private final Class<S> type;
        private final StoreTwist twist;

        TwistedStorage(String store, Class<S> type, StoreTwist twist) {
            this.store = store;
            this.type = type;
            this.twist = twist;
        }

        @Override
        Session twisted(Session session) {
            return with(session, store, type, (method, given, call) -> twist.answer(session, method, given, call));
        }
    }
}
