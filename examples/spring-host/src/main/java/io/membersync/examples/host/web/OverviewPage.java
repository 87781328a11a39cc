package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.examples.host.login.HostUser;
import io.membersync.health.HealthQuery;
import io.membersync.health.HealthState;
import io.membersync.health.IntegrationHealth;
import io.membersync.health.Light;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.setup.Integration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
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

        boolean everything() {
            return light == null
                    && filled(organization).isEmpty()
                    && filled(system).isEmpty()
                    && filled(from).isEmpty();
        }

        private static Optional<String> filled(@Nullable String text) {
            return Optional.ofNullable(text).filter(value -> !value.isBlank());
        }
    }

    private final Shell shell;

    OverviewPage(Shell shell) {
        this.shell = shell;
    }

    /** Shows them. */
    @GetMapping("/")
    public String page(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @ModelAttribute("filter") Filter filter,
            Model model) {
        rows(sync, user, filter, model);
        return "overview";
    }

    /** The rows alone, for pages that are open. */
    @GetMapping("/fragments/overview")
    public String rows(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @ModelAttribute("filter") Filter filter,
            Model model) {
        Slice<IntegrationHealth> found = sync.health().find(filter.query());
        model.addAttribute("rows", found.items());
        model.addAttribute("next", found.next().orElse(null));
        model.addAttribute("unconnected", filter.everything() ? unconnected(sync, user) : List.of());
        model.addAttribute("lights", Light.values());
        return "overview :: rows";
    }

    private List<Shell.Choice> unconnected(MemberSync sync, HostUser user) {
        Set<OrganizationId> connected = sync.integrations().list().stream()
                .map(Integration::organization)
                .collect(Collectors.toSet());
        return shell.organizations(user).stream()
                .filter(choice -> !connected.contains(choice.id()))
                .toList();
    }
}
