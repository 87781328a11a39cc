package io.membersync.examples.host.web.setup;

import io.membersync.MemberSync;
import io.membersync.examples.host.login.HostUser;
import io.membersync.examples.host.web.Words;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.setup.PortalBoundary;
import io.membersync.setup.WorkflowOwner;
import io.membersync.setup.WorkflowOwners;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who owns which workflow of an organization: the app or the portal beside it. */
@Controller
public class BoundaryPage {

    private static final int VERSIONS = 10;
    private static final int UNPROCESSABLE = 422;

    private final Words words;

    BoundaryPage(Words words) {
        this.words = words;
    }

    /** Shows every workflow with its owner. */
    @GetMapping("/boundary")
    public String page(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @RequestParam @Nullable String organization,
            Model model) {
        Optional.ofNullable(organization)
                .filter(text -> !text.isBlank())
                .map(OrganizationId::of)
                .or(user::organization)
                .ifPresent(own -> {
                    WorkflowOwners owners = sync.boundary().owners(own);
                    show(sync, model, owners, BoundaryForm.of(owners));
                    model.addAttribute("filled", Filled.empty());
                });
        return "boundary";
    }

    private static void show(MemberSync sync, Model model, WorkflowOwners owners, BoundaryForm form) {
        model.addAttribute("owners", owners);
        model.addAttribute("rows", form.rows());
        model.addAttribute("version", owners.version());
        model.addAttribute("sides", WorkflowOwner.values());
        model.addAttribute("fields", MemberField.standard());
        model.addAttribute(
                "history",
                sync.boundary()
                        .history(owners.organization(), Optional.empty(), VERSIONS)
                        .items());
    }

    /** Decides about all workflows at once, or tells why not. */
    @PostMapping("/boundary")
    public String decide(
            MemberSync sync,
            @RequestParam OrganizationId organization,
            @RequestParam long version,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletResponse response,
            RedirectAttributes to,
            Model model) {
        WorkflowOwners owners = sync.boundary().owners(organization);
        Filled filled = new Filled(values);
        BoundaryForm form = BoundaryForm.read(filled, owners);
        List<Violation> violations = form.wrong();
        if (violations.isEmpty()) {
            try {
                WorkflowOwners seen = new WorkflowOwners(organization, version, List.of(), Optional.empty());
                PortalBoundary.Decided decided = sync.boundary().set(seen, form.claims());
                to.addFlashAttribute(
                        "notice", words.text("boundary.saved", decided.owners().version()));
                to.addFlashAttribute("warnings", decided.warnings());
                to.addAttribute("organization", organization.value());
                return "redirect:/boundary";
            } catch (InvalidConfigurationException refused) {
                violations = refused.violations();
            }
        }
        response.setStatus(UNPROCESSABLE);
        show(sync, model, owners, form);
        model.addAttribute("version", version);
        model.addAttribute("filled", filled);
        model.addAttribute("violations", violations);
        return "boundary";
    }
}
