package io.membersync.testkit.contract;

import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/** A sound storage, in front of which a subclass breaks one promise. */
class BrokenStorage implements Storage {

    final InMemoryStorage sound = new InMemoryStorage();

    /** Stands in for a method: answers itself, or passes the call on. */
    @FunctionalInterface
    interface Twist {

        /** The method's own answer. */
        @FunctionalInterface
        interface Call {
            Object go() throws Throwable;
        }

        Object answer(String method, Object[] arguments, Call sound) throws Throwable;
    }

    /** Twists the session of every transaction; as it is unless overridden. */
    Session twisted(Session session) {
        return session;
    }

    @Override
    public <T> T inTransaction(Function<Session, T> work) {
        return sound.inTransaction(session -> work.apply(twisted(session)));
    }

    @Override
    public <T> T inTransaction(Fence fence, Function<Session, T> work) {
        return sound.inTransaction(fence, session -> work.apply(twisted(session)));
    }

    /** Puts a twist in front of every method of a session or store. */
    static <S> S twist(Class<S> type, S sound, Twist twist) {
        return type.cast(Proxy.newProxyInstance(
                BrokenStorage.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Object[] arguments = given == null ? new Object[0] : given;
                    try {
                        return twist.answer(method.getName(), arguments, () -> method.invoke(sound, arguments));
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }

    /** Replaces one store of a session. */
    static <S> Session with(Session session, String store, Class<S> type, Twist twist) {
        return twist(
                Session.class,
                session,
                (method, arguments, sound) ->
                        method.equals(store) ? twist(type, type.cast(sound.go()), twist) : sound.go());
    }
}
