package io.membersync.enginetests;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A database that keeps a list of the statements it is sent. For one thread at a time. */
final class CountedDatabase {

    private final List<String> sent = new ArrayList<>();
    private final DataSource counted;

    CountedDatabase(DataSource database) {
        this.counted = wrap(DataSource.class, database, "");
    }

    DataSource dataSource() {
        return counted;
    }

    /** {@return the statements since the last call, {@code COMMIT} among them} */
    synchronized List<String> sent() {
        List<String> since = List.copyOf(sent);
        sent.clear();
        return since;
    }

    private synchronized void note(String sql) {
        sent.add(sql.replaceAll("\\s+", " ").strip());
    }

    private <T> T wrap(Class<T> type, T inner, String sql) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer;
                    try {
                        answer = method.invoke(inner, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                    boolean named = arguments != null && arguments[0] instanceof String;
                    if (method.getName().equals("commit")) {
                        note("COMMIT");
                    } else if (method.getName().startsWith("execute")) {
                        note(named ? (String) arguments[0] : sql);
                    }
                    if (answer instanceof Connection connection) {
                        return wrap(Connection.class, connection, "");
                    } else if (answer instanceof PreparedStatement prepared) {
                        return wrap(PreparedStatement.class, prepared, named ? (String) arguments[0] : "");
                    } else if (answer instanceof Statement statement) {
                        return wrap(Statement.class, statement, "");
                    }
                    return answer;
                }));
    }
}
