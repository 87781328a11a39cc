package io.membersync.testkit.contract;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a fixture that all simulated registries share: what goes wrong on the wire, the registry's clock, the log.
 * Works with the simulators of this kit, and with a {@link io.membersync.testkit.simulator.Site} of your own behind a
 * {@link io.membersync.testkit.simulator.SimulatorServer}.
 *
 * <p>Threads: used by one test at a time.
 */
public abstract class SimulatorFixture implements ConnectorFixture {

    private static final String IN_AN_HOUR = DateTimeFormatter.RFC_1123_DATE_TIME.format(
            START.plus(Duration.ofHours(1)).atZone(ZoneOffset.UTC));
    private static final Duration DRIP = Duration.ofMillis(50);

    private final LogLines log = LogLines.start();
    private volatile Instant now = START;

    /** For subclasses; begins to keep what is logged. */
    protected SimulatorFixture() {}

    /** {@return the simulator's faults} */
    protected abstract Faults faults();

    /** {@return what the simulator received} */
    protected abstract RequestLog received();

    /**
     * Names a route.
     *
     * @param route what is asked for
     * @return the name that the simulator's faults know it by; nothing when the registry has no such thing
     */
    protected abstract Optional<String> name(RegistryRoute route);

    /** Lets the registry refuse the key from now on, as revoked. */
    protected abstract void revokeKey();

    /** Lets the registry take the key again, and give all members as they are. */
    protected abstract void restore();

    /**
     * Refuses a request as invalid, in the registry's own words, with the key wherever text can stand.
     *
     * @param route what was asked for
     * @return the refusal
     */
    protected abstract Fault echo(RegistryRoute route);

    /** {@return the name of the list in a page's JSON that holds the records; nothing when pages are no such JSON} */
    protected Optional<String> recordList() {
        return Optional.empty();
    }

    /**
     * Asks for a pause, in the registry's own words.
     *
     * @param retryAfter the text of {@code Retry-After}
     * @return the refusal
     */
    protected Fault throttled(String retryAfter) {
        return Fault.answer(429, Map.of("Retry-After", retryAfter), "");
    }

    /** {@return the time that the registry's clock shows; hand it to the simulator as {@code this::now}} */
    protected final Instant now() {
        return now;
    }

    /**
     * Moves the registry's clock.
     *
     * @param by how far
     */
    protected final void pass(Duration by) {
        now = now.plus(by);
    }

    @Override
    public boolean skew(Duration ahead) {
        pass(ahead);
        return true;
    }

    @Override
    public String value(int number) {
        return "KANARIØYA " + number;
    }

    @Override
    public final boolean strike(RegistryFault fault, RegistryRoute route, int after) {
        if (fault == RegistryFault.KEY_REVOKED) {
            if (after == 0) {
                revokeKey();
            }
            return after == 0;
        }
        Optional<String> name = name(route);
        Optional<Fault> wrong = name.isEmpty() ? Optional.empty() : fault(fault, route);
        wrong.ifPresent(it ->
                faults().on(name.get()).from(after + 1L).times(times(fault)).then(it));
        return wrong.isPresent();
    }

    private static long times(RegistryFault fault) {
        return switch (fault) {
            case THROTTLED_BRIEFLY, FAILS_BRIEFLY, TOKEN_EXPIRED, EMPTY_PAGE, NOTICEABLE_LOSS -> 1;
            default -> Long.MAX_VALUE;
        };
    }

    /**
     * Makes what goes wrong with single requests. Overridden where a registry cannot do something, or does it its way.
     *
     * @param fault what goes wrong; never {@link RegistryFault#KEY_REVOKED}
     * @param route what was asked for
     * @return the fault; nothing when this cannot happen with this registry
     */
    protected Optional<Fault> fault(RegistryFault fault, RegistryRoute route) {
        return switch (fault) {
            case THROTTLED_BRIEFLY -> Optional.of(throttled("2"));
            case THROTTLED_LONG -> Optional.of(throttled("3600"));
            case THROTTLED_UNTIL -> Optional.of(throttled(IN_AN_HOUR));
            case DOWN -> Optional.of(Fault.status(503));
            case FAILS_BRIEFLY -> Optional.of(Fault.status(502));
            case HANGS -> Optional.of(Fault.hang());
            case SLOW -> Optional.of(Fault.drip(1, DRIP));
            case CUT_BODY -> Optional.of(Fault.cutHalfway());
            case TRUNCATED_JSON -> Optional.of(Fault.halved());
            case WEB_PAGE -> Optional.of(Fault.html(200));
            case WEB_PAGE_NOT_FOUND -> Optional.of(Fault.html(404));
            case NOTHING_NOT_FOUND -> Optional.of(Fault.status(404));
            case STRANGE_JSON_NOT_FOUND ->
                Optional.of(Fault.answer(Answer.of(404, "application/json", "{\"message\":\"no Route matched\"}")));
            case GARBAGE -> Optional.of(Fault.garbage());
            case OTHER_SHAPE -> Optional.of(Fault.answer(Answer.of(200, "application/json", "{\"status\":\"ok\"}")));
            case FORBIDDEN -> Optional.of(Fault.status(403));
            case ECHOES_KEY -> Optional.of(echo(route));
            case REPEATED_ANSWER -> Optional.of(Fault.repeatedAnswer());
            case REORDERED -> recordList().map(Fault::reversed);
            case EMPTY_PAGE -> recordList().map(Fault::emptied);
            case ANSWER_LOST -> route == RegistryRoute.WRITE ? Optional.of(Fault.answerLost()) : Optional.empty();
            case NOTICEABLE_LOSS, TOKEN_EXPIRED, KEY_REVOKED -> Optional.empty();
        };
    }

    @Override
    public void heal() {
        faults().clear();
        restore();
    }

    @Override
    public boolean overtakeNextWrite(String id, String value) {
        Optional<String> write = name(RegistryRoute.WRITE);
        write.ifPresent(route -> faults().on(route).times(1).then(call -> {
            change(id, value);
            return call.proceed();
        }));
        return write.isPresent();
    }

    @Override
    public long requests() {
        return received().count();
    }

    @Override
    public long requests(RegistryRoute route) {
        return name(route).map(received()::count).orElse(0L);
    }

    @Override
    public List<String> logged() {
        return log.lines();
    }

    /** Ends the log; call it from the subclass, which closes its simulator. */
    @Override
    public void close() {
        log.close();
    }
}
