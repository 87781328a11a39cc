package io.membersync.vipps;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps everything that is logged, on all levels, exceptions included. Safe for many threads. */
final class LogLines implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + " " + event.getMDCPropertyMap());
            if (event.getThrowableProxy() != null) {
                lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    };
    private final Logger root;
    private final Level before;

    private LogLines(Logger root) {
        this.root = root;
        this.before = root.getLevel();
    }

    static LogLines start() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogLines log = new LogLines(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
        log.appender.setContext(context);
        log.appender.start();
        log.root.setLevel(Level.TRACE);
        log.root.addAppender(log.appender);
        return log;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        root.setLevel(before);
        appender.stop();
    }
}
