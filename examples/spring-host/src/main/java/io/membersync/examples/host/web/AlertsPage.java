package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.alert.Alert;
import io.membersync.alert.AlertId;
import io.membersync.alert.AlertKind;
import io.membersync.alert.AlertQuery;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What somebody has to hear of, and what to do about it. */
@Controller
public class AlertsPage {

    /**
     * Which alerts are shown; nothing for all.
     *
     * @param organization one organization's
     * @param kind of one kind
     * @param closed whether closed ones are shown, too
     * @param from where to go on
     */
    public record Filter(
            @Nullable String organization,
            @Nullable AlertKind kind,
            @Nullable Boolean closed,
            @Nullable String from) {

        boolean openOnly() {
            return !Boolean.TRUE.equals(closed);
        }

        AlertQuery query() {
            return new AlertQuery(
                    Address.filled(organization).map(OrganizationId::of),
                    Optional.empty(),
                    kind == null ? Set.of() : Set.of(kind),
                    openOnly(),
                    Address.filled(from),
                    MOST);
        }

        /** {@return the address of the page, or of its part, from a place on} */
        public String address(String path, @Nullable String place) {
            return Address.of(path)
                    .with("organization", organization)
                    .with("kind", kind)
                    .with("closed", closed)
                    .with("from", place)
                    .toString();
        }
    }

    private static final int MOST = 50;

    private final Words words;

    AlertsPage(Words words) {
        this.words = words;
    }

    /** Lists them. */
    @GetMapping("/alerts")
    public String page(MemberSync sync, @ModelAttribute("filter") Filter filter, Model model) {
        rows(sync, filter, model);
        model.addAttribute("kinds", AlertKind.values());
        return "alerts";
    }

    /** The alerts alone, for pages that are open. */
    @GetMapping("/fragments/alerts")
    public String rows(MemberSync sync, @ModelAttribute("filter") Filter filter, Model model) {
        Slice<Alert> found = sync.alerts().find(filter.query());
        model.addAttribute("alerts", found.items());
        model.addAttribute(
                "next",
                found.next().map(place -> filter.address("/alerts", place)).orElse(null));
        return "alerts :: rows";
    }

    /** Takes note of one. */
    @PostMapping("/alerts/{id}/acknowledge")
    public String acknowledge(
            MemberSync sync, @PathVariable AlertId id, @ModelAttribute("filter") Filter filter, RedirectAttributes to) {
        sync.alerts().acknowledge(id);
        to.addFlashAttribute("notice", words.text("alerts.acknowledged"));
        return "redirect:" + filter.address("/alerts", filter.from());
    }
}
