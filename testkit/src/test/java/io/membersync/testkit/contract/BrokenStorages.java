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
import io.membersync.storage.Fence;
import io.membersync.storage.LinkMark;
import io.membersync.storage.LinkStore;
import io.membersync.storage.MemberStore;
import io.membersync.storage.RunStore;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.text.Collator;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Storages that each break one promise, under the contract. They are run by {@link StorageContractTest} only, which
 * expects them to fail.
 */
final class BrokenStorages {

    private BrokenStorages() {}

    /** Whoever lost the lease writes on. */
    static final class IgnoresFences extends Broken {
        @Override
        protected Storage storage() {
            return new BrokenStorage() {
                @Override
                public <T> T inTransaction(Fence fence, Function<Session, T> work) {
                    return inTransaction(work);
                }
            };
        }
    }

    /** What was written before a failure stays. */
    static final class LosesRollback extends Broken {
        @Override
        protected Storage storage() {
            return new BrokenStorage() {
                @Override
                public <T> T inTransaction(Function<Session, T> work) {
                    AtomicReference<RuntimeException> failure = new AtomicReference<>();
                    Optional<T> result = sound.inTransaction(session -> {
                        try {
                            return Optional.of(work.apply(session));
                        } catch (RuntimeException thrown) {
                            failure.set(thrown);
                            return Optional.empty();
                        }
                    });
                    return result.orElseThrow(failure::get);
                }
            };
        }
    }

    /** Every call is a transaction of its own, and the lease is looked at once in the beginning. */
    static final class CommitsEachCall extends Broken {
        @Override
        protected Storage storage() {
            return new BrokenStorage() {
                @Override
                public <T> T inTransaction(Function<Session, T> work) {
                    return work.apply(twist(Session.class, sound.inTransaction(session -> session), this::store));
                }

                @Override
                public <T> T inTransaction(Fence fence, Function<Session, T> work) {
                    sound.inTransaction(fence, session -> true);
                    return inTransaction(work);
                }

                private Object store(String name, Object[] none, Twist.Call over) throws Throwable {
                    Class<?> type = Session.class.getMethod(name).getReturnType();
                    return java.lang.reflect.Proxy.newProxyInstance(
                            BrokenStorage.class.getClassLoader(),
                            new Class<?>[] {type},
                            (proxy, method, arguments) -> sound.inTransaction(
                                            session -> Optional.ofNullable(called(session, name, method, arguments)))
                                    .orElse(null));
                }
            };
        }

        private static Object called(Session session, String store, Method method, Object[] arguments) {
            try {
                return method.invoke(Session.class.getMethod(store).invoke(session), arguments);
            } catch (InvocationTargetException thrown) {
                throw (RuntimeException) thrown.getCause();
            } catch (ReflectiveOperationException wrong) {
                throw new LinkageError(wrong.getMessage(), wrong);
            }
        }
    }

    /** Marks are ordered by UTF-16 unit. */
    static final class OrdersByUnit extends Broken {
        @Override
        protected Storage storage() {
            return new OrderedStorage(Comparator.naturalOrder());
        }
    }

    /** Marks are ordered as a Norwegian reads. */
    static final class OrdersByCollation extends Broken {
        @Override
        protected Storage storage() {
            Collator collator = Collator.getInstance(Locale.forLanguageTag("nb-NO"));
            return new OrderedStorage(collator::compare);
        }
    }

    private static final class OrderedStorage extends BrokenStorage {
        private final Comparator<String> order;

        OrderedStorage(Comparator<String> order) {
            this.order = order;
        }

        @Override
        @SuppressWarnings("unchecked") // the parameters of LinkStore.marks
        Session twisted(Session session) {
            return with(session, "links", LinkStore.class, (method, given, call) -> {
                if (!method.equals("marks") || given.length != 4) {
                    return call.go();
                }
                Optional<ExternalId> after = (Optional<ExternalId>) given[1];
                Optional<ExternalId> upTo = (Optional<ExternalId>) given[2];
                return session
                        .links()
                        .marks((IntegrationId) given[0], Optional.empty(), Optional.empty(), Integer.MAX_VALUE)
                        .stream()
                        .filter(mark -> after.isEmpty() || compare(mark, after.get()) > 0)
                        .filter(mark -> upTo.isEmpty() || compare(mark, upTo.get()) <= 0)
                        .sorted((a, b) -> compare(a, b.externalId()))
                        .limit((Integer) given[3])
                        .toList();
            });
        }

        private int compare(LinkMark mark, ExternalId id) {
            return order.compare(mark.externalId().value(), id.value());
        }
    }

    /** A link is saved whatever its revision. */
    static final class IgnoresRevisions extends Broken {
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
    static final class ClearsLaterEdits extends Broken {
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
    static final class OverwritesMembers extends Broken {
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

    /** Empty text is taken for no value, as some databases do. */
    static final class LosesEmptyText extends Broken {
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
    static final class ForgetsWhatWasAsked extends Broken {
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
    static final class TakesASecondRun extends Broken {
        @Override
        protected Storage storage() {
            return new TwistedStorage<>("runs", RunStore.class, (session, method, given, call) -> {
                Object answer = call.go();
                return method.equals("add") ? true : answer;
            });
        }
    }

    /** The audit's cursor counts from the newest entry. */
    static final class PagesByOffset extends Broken {
        @Override
        protected Storage storage() {
            return new TwistedStorage<>("audit", AuditStore.class, (session, method, given, call) -> {
                if (!method.equals("find")) {
                    return call.go();
                }
                AuditQuery query = (AuditQuery) given[0];
                int skipped = query.cursor().map(Integer::valueOf).orElse(0);
                AuditQuery all = new AuditQuery(
                        query.organization(), query.kinds(), query.member(), query.run(), Optional.empty(), 1000);
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

    /** The host's edits go to the sound storage behind. */
    abstract static class Broken extends StorageContract {
        @Override
        protected void editMember(Storage storage, OrganizationId organization, MemberId member, MemberState changes) {
            ((BrokenStorage) storage).sound.edit(member, organization, changes);
        }
    }
}
