package io.membersync.testkit.contract;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.storage.Fence;
import io.membersync.storage.LinkMark;
import io.membersync.storage.LinkStore;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.text.Collator;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Storages that break a promise of the transaction or of the order, under the contract. They are run by {@link StorageContractTest} only, which
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
                    return Proxy.newProxyInstance(
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

    /** The host's edits go to the sound storage behind. */
    abstract static class Broken extends StorageContract {
        @Override
        protected void editMember(Storage storage, OrganizationId organization, MemberId member, MemberState changes) {
            ((BrokenStorage) storage).sound.edit(member, organization, changes);
        }
    }
}
