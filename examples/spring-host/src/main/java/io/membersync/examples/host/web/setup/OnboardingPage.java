package io.membersync.examples.host.web.setup;

import io.membersync.MemberSync;
import io.membersync.connector.SystemType;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.examples.host.login.HostUser;
import io.membersync.examples.host.web.Words;
import io.membersync.fault.AccessDeniedException;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.SystemChoice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Brings an organization in. One form with several buttons: what was typed stays in the browser, and the server keeps
 * nothing of it before it is confirmed.
 */
@Controller
public class OnboardingPage {

    /** What a button of the form asks for. */
    public enum Act {
        /** Whether the registry can be reached. */
        TEST,
        /** How many members it has. */
        COUNT,
        /** To store everything and begin. */
        CONFIRM
    }

    private static final List<Violation> TAKEN = List.of(new Violation("id", "wrong.taken"));

    private final Words words;
    private final Replies replies;

    OnboardingPage(Words words, Replies replies) {
        this.words = words;
        this.replies = replies;
    }

    /** Shows what may be chosen, and the form of what was. */
    @GetMapping("/onboarding")
    public String page(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @RequestParam @Nullable String organization,
            @RequestParam @Nullable String system,
            Model model) {
        Optional<OrganizationId> chosen = Optional.ofNullable(organization)
                .filter(text -> !text.isBlank())
                .map(OrganizationId::of)
                .or(user::organization);
        Optional<String> wanted = Optional.ofNullable(system).filter(text -> !text.isBlank());
        chosen.ifPresent(own -> {
            model.addAttribute("chosen", own);
            model.addAttribute("systems", sync.onboarding().systems(own));
            wanted.ifPresent(kind -> empty(model, choice(sync, own, kind), own));
        });
        return "onboarding";
    }

    private static void empty(Model model, SystemChoice choice, OrganizationId organization) {
        model.addAttribute("choice", choice);
        model.addAttribute("wrong", nothing(choice));
        model.addAttribute(
                "filled",
                ScheduleForm.standard()
                        .with("id", organization + "-" + choice.system().id()));
    }

    private static SystemChoice choice(MemberSync sync, OrganizationId organization, String system) {
        return sync.onboarding().systems(organization).stream()
                .filter(each -> each.system().id().equals(system))
                .findFirst()
                .orElseThrow(NoSuchElementException::new);
    }

    /** Answers a button: beside the form, which keeps what was typed; or with the whole page, without secrets. */
    @PostMapping("/onboarding")
    public String answer(
            MemberSync sync,
            @RequestParam OrganizationId organization,
            @RequestParam String system,
            @RequestParam Act act,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Filled filled = new Filled(values);
        SystemChoice choice = choice(sync, organization, system);
        ConnectionForm form = new ConnectionForm(choice.form(), filled);
        boolean none = system.equals(SystemType.NONE.id());
        IntegrationDraft draft = none ? form.none(organization) : form.draft(organization, system);
        Optional<EnrichmentBasis> basis = none ? Optional.empty() : form.enrichment(organization);
        model.addAttribute("chosen", organization);
        model.addAttribute("systems", sync.onboarding().systems(organization));
        model.addAttribute("choice", choice);
        model.addAttribute("filled", filled);
        Wrong wrong = nothing(choice).with(form.found());
        check(sync, draft, wrong);
        if (!wrong.any()) {
            Optional<String> done = carryOut(sync, act, draft, basis, wrong, model);
            if (done.isPresent()) {
                return replies.leave(
                        done.get(), none ? "onboarding.confirmed.none" : "onboarding.confirmed", request, response);
            }
        }
        return replies.stay("onboarding", wrong, request, response, model);
    }

    private static Wrong nothing(SystemChoice choice) {
        return ConnectionForm.nothing(choice.form(), "id", "purpose", "legalBasis");
    }

    /** To confirm twice would bring the mapping back to the suggested one: what is there is changed in its settings. */
    private static void check(MemberSync sync, IntegrationDraft draft, Wrong wrong) {
        if (Optional.ofNullable(draft.integration())
                .flatMap(sync.integrations()::find)
                .isPresent()) {
            wrong.with(TAKEN);
        }
        try {
            wrong.withLibrary(sync.integrations().validate(draft), ConnectionForm.CREDENTIALS);
        } catch (AccessDeniedException foreign) {
            taken(wrong);
        }
    }

    /** The organization is known to be the caller's own: what is another's is the id. */
    private static void taken(Wrong wrong) {
        if (wrong.at("id").isEmpty()) {
            wrong.with(TAKEN);
        }
    }

    private Optional<String> carryOut(
            MemberSync sync,
            Act act,
            IntegrationDraft draft,
            Optional<EnrichmentBasis> basis,
            Wrong wrong,
            Model model) {
        try {
            switch (act) {
                case TEST ->
                    model.addAttribute("verdict", Verdict.of(sync.integrations().test(draft), words));
                case COUNT ->
                    model.addAttribute("verdict", Verdict.of(sync.onboarding().count(draft), words));
                case CONFIRM -> {
                    IntegrationId id = sync.onboarding()
                            .confirm(draft, basis)
                            .integration()
                            .id();
                    return Optional.of("/integrations/" + id + "/checklist");
                }
            }
        } catch (InvalidConfigurationException refused) {
            wrong.withLibrary(refused.violations(), ConnectionForm.CREDENTIALS);
        } catch (AccessDeniedException foreign) {
            taken(wrong);
        }
        return Optional.empty();
    }
}
