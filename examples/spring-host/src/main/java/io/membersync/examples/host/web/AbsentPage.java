package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import java.util.NoSuchElementException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Why a registry's record is, or is not, a member here: how far it came, step by step. */
@Controller
public class AbsentPage {

    private final Words words;

    AbsentPage(Words words) {
        this.words = words;
    }

    /** Follows the record. */
    @GetMapping("/members/absent")
    public String page(
            MemberSync sync, @RequestParam IntegrationId integration, @RequestParam String record, Model model) {
        ExternalId id = ExternalId.of(record.strip());
        model.addAttribute(
                "integration", sync.integrations().find(integration).orElseThrow(NoSuchElementException::new));
        model.addAttribute("record", id);
        model.addAttribute("steps", sync.explain().person(integration, id));
        return "absent";
    }

    /** Lets an erased person's record in again. */
    @PostMapping("/members/absent/readmit")
    public String readmit(
            MemberSync sync,
            @RequestParam IntegrationId integration,
            @RequestParam ExternalId record,
            @RequestParam String reason,
            RedirectAttributes to) {
        boolean held = sync.personalData().readmit(integration, record, reason);
        return done(integration, record, held ? "absent.readmitted" : "absent.not-held", to);
    }

    /** Erases what is kept of a record that is nobody's yet, and holds it off. */
    @PostMapping("/members/absent/erase")
    public String erase(
            MemberSync sync,
            @RequestParam IntegrationId integration,
            @RequestParam ExternalId record,
            @RequestParam String reason,
            RedirectAttributes to) {
        String said;
        try {
            said = "Outcome."
                    + sync.personalData()
                            .eraseRecord(integration, record, reason)
                            .outcome();
        } catch (IllegalStateException linked) {
            said = "absent.linked";
        }
        return done(integration, record, said, to);
    }

    private String done(IntegrationId integration, ExternalId record, String notice, RedirectAttributes to) {
        to.addFlashAttribute("notice", words.text(notice));
        to.addAttribute("integration", integration);
        to.addAttribute("record", record);
        return "redirect:/members/absent";
    }
}
