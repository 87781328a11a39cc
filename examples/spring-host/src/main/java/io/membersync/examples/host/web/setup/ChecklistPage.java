package io.membersync.examples.host.web.setup;

import io.membersync.MemberSync;
import io.membersync.model.IntegrationId;
import io.membersync.setup.Checklist;
import java.util.NoSuchElementException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What is done of setting an integration up, and what comes next. */
@Controller
public class ChecklistPage {

    ChecklistPage() {}

    /** Shows the steps and marks the next one. */
    @GetMapping("/integrations/{id}/checklist")
    public String checklist(MemberSync sync, @PathVariable IntegrationId id, Model model) {
        steps(sync, id, model);
        return "checklist";
    }

    /** The steps alone, for pages that are open. */
    @GetMapping("/fragments/integrations/{id}/checklist")
    public String steps(MemberSync sync, @PathVariable IntegrationId id, Model model) {
        Checklist checklist = sync.onboarding().checklist(id);
        model.addAttribute("checklist", checklist);
        model.addAttribute("next", checklist.next().map(Checklist.Step::item).orElse(null));
        model.addAttribute("integration", sync.integrations().find(id).orElseThrow(NoSuchElementException::new));
        return "checklist :: steps";
    }
}
