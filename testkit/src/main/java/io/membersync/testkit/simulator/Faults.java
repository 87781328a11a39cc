package io.membersync.testkit.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The faults switched on in a simulator, by route.
 *
 * <pre>{@code
 * faults.on("GET /members").from(3).times(2).then(Fault.status(503));
 * faults.on("* /members/{id}").when(r -> r.path().endsWith("/m_7")).then(Fault.cut());
 * }</pre>
 *
 * <p>Of several rules that fit a request the one added first is used. Threads: safe for many threads.
 */
public final class Faults {

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> lastGood = new ConcurrentHashMap<>();

    /** Makes an empty set of faults; a simulator has its own. */
    public Faults() {}

    /**
     * Starts a rule for a route.
     *
     * @param route a route as the simulator names it, such as {@code GET /members/{id}}; {@code *} in place of the
     *     method or of the path stands for any, and a lone {@code *} for every request
     * @return the rule, which does nothing before {@link Rule#then}
     */
    public Rule on(String route) {
        return new Rule(this, route);
    }

    /** Switches all faults off. */
    public void clear() {
        rules.clear();
    }

    /** Forgets all faults and what was answered before. */
    public void reset() {
        clear();
        lastGood.clear();
    }

    Answer answer(String route, SimulatedRequest request, Supplier<Answer> work) {
        Supplier<Answer> remembered = () -> remember(route, work.get());
        for (Rule rule : rules) {
            if (rule.strikes(route, request)) {
                // What a fault makes of an answer is not a good answer, but its own work may be.
                return rule.fault().answer(new Call(request, Optional.ofNullable(lastGood.get(route)), remembered));
            }
        }
        return remembered.get();
    }

    private Answer remember(String route, Answer answer) {
        if (answer.status() == 200) {
            lastGood.put(route, answer);
        }
        return answer;
    }

    /**
     * One rule: which requests of a route a fault strikes. Threads: set up by one thread, then safe for many.
     */
    public static final class Rule {

        private final Faults faults;
        private final String route;
        private final AtomicLong seen = new AtomicLong();
        private final AtomicLong hits = new AtomicLong();
        private volatile long first = 1;
        private volatile long times = Long.MAX_VALUE;
        private volatile Predicate<SimulatedRequest> condition = request -> true;
        private volatile Optional<Fault> fault = Optional.empty();

        private Rule(Faults faults, String route) {
            this.faults = faults;
            this.route = route;
        }

        /**
         * Strikes from the nth fitting request on, counted from 1 since the rule was added; default 1.
         *
         * @param nth counted from 1
         * @return this rule
         */
        public Rule from(long nth) {
            this.first = nth;
            return this;
        }

        /**
         * Strikes at most that often; default without end.
         *
         * @param count how many
         * @return this rule
         */
        public Rule times(long count) {
            this.times = count;
            return this;
        }

        /**
         * Fits only requests that meet the condition; default all of the route.
         *
         * @param requests which requests
         * @return this rule
         */
        public Rule when(Predicate<SimulatedRequest> requests) {
            this.condition = requests;
            return this;
        }

        /**
         * Switches the rule on.
         *
         * @param what what goes wrong
         * @return this rule
         */
        public Rule then(Fault what) {
            this.fault = Optional.of(what);
            faults.rules.add(this);
            return this;
        }

        /** Switches the rule off. */
        public void off() {
            faults.rules.remove(this);
        }

        /** {@return how often it has struck} */
        public long hits() {
            return hits.get();
        }

        private boolean strikes(String requested, SimulatedRequest request) {
            if (!fits(requested) || !condition.test(request) || seen.incrementAndGet() < first) {
                return false;
            }
            // Counted up only while below the limit, so that hits() tells the truth under load.
            long before = hits.getAndUpdate(count -> count < times ? count + 1 : count);
            return before < times;
        }

        private boolean fits(String requested) {
            if (route.equals("*") || route.equals(requested)) {
                return true;
            }
            int space = route.indexOf(' ');
            int other = requested.indexOf(' ');
            if (space < 0 || other < 0) {
                return false;
            }
            return same(route.substring(0, space), requested.substring(0, other))
                    && same(route.substring(space + 1), requested.substring(other + 1));
        }

        private static boolean same(String pattern, String actual) {
            return pattern.equals("*") || pattern.equals(actual);
        }

        private Fault fault() {
            return fault.orElseThrow();
        }
    }
}
