package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlannedChange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a held run would do, approved exactly as it is shown, or rejected. */
@Controller
public class PlanPage {

    private static final int CHANGES = 50;

    private final IntegrationPage integration;
    private final Words words;

    PlanPage(IntegrationPage integration, Words words) {
        this.integration = integration;
        this.words = words;
    }

    /** Shows the plan. */
    @GetMapping("/plans/{id}")
    public String page(MemberSync sync, @PathVariable PlanId id, @RequestParam @Nullable String from, Model model) {
        Plan plan = sync.plans().look(id);
        Slice<PlannedChange> changes = sync.plans().changes(id, Optional.ofNullable(from), CHANGES);
        model.addAttribute("plan", plan);
        model.addAttribute("changes", changes.items());
        model.addAttribute("next", changes.next().orElse(null));
        return "plan";
    }

    /** Keeps what a sync would do now as a plan. */
    @PostMapping("/integrations/{id}/propose")
    public String propose(MemberSync sync, @PathVariable IntegrationId id, RedirectAttributes to) {
        to.addFlashAttribute("notice", integration.said(sync.plans().propose(id)));
        return "redirect:/integrations/{id}";
    }

    /** Has it applied exactly as it was shown. */
    @PostMapping("/plans/{id}/approve")
    public String approve(
            MemberSync sync,
            @PathVariable PlanId id,
            @RequestParam String digest,
            @RequestParam String reason,
            RedirectAttributes to) {
        to.addFlashAttribute("notice", integration.said(sync.plans().approve(id, digest, reason)));
        return "redirect:/plans/{id}";
    }

    /** Drops it. */
    @PostMapping("/plans/{id}/reject")
    public String reject(MemberSync sync, @PathVariable PlanId id, @RequestParam String reason, RedirectAttributes to) {
        sync.plans().reject(id, reason);
        to.addFlashAttribute("notice", words.text("plan.rejected"));
        return "redirect:/plans/{id}";
    }
}
