package io.membersync.spring;

import io.membersync.MemberSyncEngine;
import io.membersync.health.HealthBoard;
import io.membersync.health.HealthQuery;
import io.membersync.health.IntegrationHealth;
import io.membersync.health.Light;
import io.membersync.model.Caller;
import io.membersync.model.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells how the integrations are. Safe for many threads.
 *
 * <p>{@code UP} while no light is red, {@link #ATTENTION} as soon as one is, {@code DOWN} when the storage does not answer.
 * A registry that is down, or one organization's refused key, is no fault of this process, and a restart or another node
 * would not mend it: so a red light never makes the application {@code DOWN} or {@code OUT_OF_SERVICE}. Boot's aggregate
 * passes over {@code ATTENTION}, and it is answered with 200, unless the host maps it otherwise.
 *
 * <p>Details: how many integrations have which light, and of each, the red ones first and {@value #MOST} at most, its
 * state, why, what to do, and when it was and is to be synchronized. No personal data.
 */
public final class MemberSyncHealthIndicator extends AbstractHealthIndicator {

    /** An integration has a red light: a person has to look, the application works. */
    public static final Status ATTENTION = new Status("ATTENTION", "Members of an integration are not kept up to date");

    /** How many integrations the details hold at most. */
    public static final int MOST = 100;

    private static final List<Light> BY_URGENCY = List.of(Light.RED, Light.YELLOW, Light.GREEN, Light.GREY);

    private final MemberSyncEngine engine;

    /**
     * Makes an indicator.
     *
     * @param engine whose integrations it looks at
     */
    public MemberSyncHealthIndicator(MemberSyncEngine engine) {
        super("The integrations could not be looked at");
        this.engine = Objects.requireNonNull(engine, "engine");
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<IntegrationHealth> all = all(engine.as(Caller.host()).health());
        Map<Light, Long> lights = new EnumMap<>(Light.class);
        all.forEach(one -> lights.merge(one.state().light(), 1L, Long::sum));
        builder.status(lights.containsKey(Light.RED) ? ATTENTION : Status.UP);
        Map<String, Long> counts = new LinkedHashMap<>();
        BY_URGENCY.forEach(light -> counts.put(lower(light), lights.getOrDefault(light, 0L)));
        builder.withDetail("lights", counts);
        Map<String, Object> details = new LinkedHashMap<>();
        all.stream()
                .sorted(Comparator.comparingInt(
                        one -> BY_URGENCY.indexOf(one.state().light())))
                .limit(MOST)
                .forEach(one -> details.put(one.integration().value(), details(one)));
        builder.withDetail("integrations", details);
    }

    private static List<IntegrationHealth> all(HealthBoard board) {
        List<IntegrationHealth> all = new ArrayList<>();
        HealthQuery first =
                new HealthQuery(Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), HealthQuery.MOST);
        Optional<HealthQuery> query = Optional.of(first);
        while (query.isPresent()) {
            Slice<IntegrationHealth> slice = board.find(query.get());
            all.addAll(slice.items());
            query = slice.next().map(first::from);
        }
        return all;
    }

    private static Map<String, Object> details(IntegrationHealth one) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("organization", one.organization().value());
        details.put("system", one.system());
        details.put("light", lower(one.state().light()));
        details.put("state", lower(one.state()));
        details.put("reason", one.diagnosis().reason());
        details.put("nextStep", one.diagnosis().nextStep());
        one.freshness().lastSuccess().ifPresent(at -> details.put("lastSuccess", at.toString()));
        one.freshness().nextDue().ifPresent(at -> details.put("nextDue", at.toString()));
        return details;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
