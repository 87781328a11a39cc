package io.membersync.testkit.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The requests a simulator received, and how many. Only the newest are kept; the counts go on.
 *
 * <p>A request is in the log before the first byte of its answer goes out. Threads: safe for many threads.
 */
public final class RequestLog {

    private final int capacity;
    private final Deque<LoggedRequest> entries = new ArrayDeque<>();
    private final Map<String, Long> byRoute = new TreeMap<>();
    private long count;
    private long answerBytes;

    /**
     * Makes an empty log.
     *
     * @param capacity requests kept, at least 1
     */
    public RequestLog(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1");
        }
        this.capacity = capacity;
    }

    synchronized void add(LoggedRequest entry) {
        if (entries.size() == capacity) {
            entries.removeFirst();
        }
        entries.addLast(entry);
        byRoute.merge(entry.route(), 1L, Long::sum);
        count++;
        answerBytes += entry.answerBytes();
    }

    /** {@return the requests kept, oldest first} */
    public synchronized List<LoggedRequest> requests() {
        return List.copyOf(entries);
    }

    /**
     * {@return the requests kept that meet a condition, oldest first}
     *
     * @param condition which requests
     */
    public List<LoggedRequest> requests(Predicate<LoggedRequest> condition) {
        return requests().stream().filter(condition).toList();
    }

    /**
     * {@return the requests kept of one route, oldest first}
     *
     * @param route name of a route
     */
    public List<LoggedRequest> requests(String route) {
        return requests(request -> request.route().equals(route));
    }

    /** {@return how many requests came, also those no longer kept} */
    public synchronized long count() {
        return count;
    }

    /**
     * {@return how many requests of one route came}
     *
     * @param route name of a route
     */
    public synchronized long count(String route) {
        return byRoute.getOrDefault(route, 0L);
    }

    /** {@return how many requests came, by route} */
    public synchronized Map<String, Long> countByRoute() {
        return new TreeMap<>(byRoute);
    }

    /** {@return how many bytes of body were answered} */
    public synchronized long answerBytes() {
        return answerBytes;
    }

    /**
     * Forgets everything, counts included.
     */
    public synchronized void clear() {
        entries.clear();
        byRoute.clear();
        count = 0;
        answerBytes = 0;
    }
}
