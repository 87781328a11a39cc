package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.health.HealthQuery;
import io.membersync.health.HealthState;
import io.membersync.health.IntegrationHealth;
import io.membersync.health.Light;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** One row for each organization, with its light. */
@Controller
public class OverviewPage {

    /**
     * Which rows are shown; nothing for all.
     *
     * @param organization one organization's
     * @param system one member system's
     * @param light those of one light
     * @param from where to go on
     */
    public record Filter(
            @Nullable String organization,
            @Nullable String system,
            @Nullable Light light,
            @Nullable String from) {

        HealthQuery query() {
            HealthQuery query = HealthQuery.all();
            query = filled(organization).map(OrganizationId::of).map(query::of).orElse(query);
            query = filled(system).map(query::of).orElse(query);
            if (light != null) {
                query = query.in(Arrays.stream(HealthState.values())
                        .filter(state -> state.light() == light)
                        .toArray(HealthState[]::new));
            }
            return filled(from).map(query::from).orElse(query);
        }

        private static Optional<String> filled(@Nullable String text) {
            return Optional.ofNullable(text).filter(value -> !value.isBlank());
        }
    }

    OverviewPage() {}

    @GetMapping("/")
    public String page(MemberSync sync, @ModelAttribute("filter") Filter filter, Model model) {
        rows(sync, filter, model);
        return "overview";
    }

    /** The rows alone, for pages that are open. */
    @GetMapping("/fragments/overview")
    public String rows(MemberSync sync, @ModelAttribute("filter") Filter filter, Model model) {
        Slice<IntegrationHealth> found = sync.health().find(filter.query());
        model.addAttribute("rows", found.items());
        model.addAttribute("next", found.next().orElse(null));
        model.addAttribute("lights", Light.values());
        return "overview :: rows";
    }
}
