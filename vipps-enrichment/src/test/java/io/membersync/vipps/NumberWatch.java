package io.membersync.vipps;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.membersync.model.NationalId;
import io.membersync.model.NationalIdCheck;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Looks for personnummer, any at all, in whatever is logged. Safe for many threads. */
public final class NumberWatch extends AppenderBase<ILoggingEvent> {

    private static final Pattern ELEVEN_DIGITS = Pattern.compile("(?<!\\d)\\d{11}(?!\\d)");
    private static final List<String> FOUND = new CopyOnWriteArrayList<>();

    /** {@return the lines with a number that were logged so far, in all tests of this process} */
    static List<String> found() {
        return FOUND;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String line = event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getMDCPropertyMap()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
        boolean personal = ELEVEN_DIGITS
                .matcher(line)
                .results()
                .anyMatch(digits ->
                        NationalId.check(digits.group(), NationalId.Acceptance.TEST) instanceof NationalIdCheck.Valid);
        if (personal) {
            FOUND.add(line);
        }
    }
}
