package io.membersync.storage.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Notes every statement that is executed, and how many connections are out. */
final class CountingDataSource implements DataSource {

    private final DataSource target;
    private final List<String> executed = new CopyOnWriteArrayList<>();
    private final AtomicInteger out = new AtomicInteger();

    CountingDataSource(DataSource target) {
        this.target = target;
    }

    /** What was executed since the last call, in order. */
    List<String> drain() {
        List<String> statements = List.copyOf(executed);
        executed.clear();
        return statements;
    }

    int connectionsOut() {
        return out.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = target.getConnection();
        out.incrementAndGet();
        return proxy(Connection.class, connection, (method, arguments, result) -> {
            if (method.equals("prepareStatement") && result instanceof PreparedStatement statement) {
                return counted(statement, String.valueOf(arguments[0]));
            }
            if (method.equals("close")) {
                out.decrementAndGet();
            }
            return result;
        });
    }

    private PreparedStatement counted(PreparedStatement statement, String sql) {
        return proxy(PreparedStatement.class, statement, (method, arguments, result) -> {
            if (method.startsWith("execute") || method.equals("addBatch")) {
                executed.add(sql);
            }
            return result;
        });
    }

    private interface After {
        Object call(String method, Object[] arguments, Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(target, arguments);
                        return after.call(method.getName(), arguments, result);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("not in tests");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return target.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        target.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        target.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return target.isWrapperFor(type);
    }
}
