package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.enrichment.CaseDecision;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.enrichment.EnrichmentCase;
import io.membersync.enrichment.EnrichmentSetting;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentStatistics;
import io.membersync.examples.host.login.HostUser;
import io.membersync.examples.host.members.Members;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What logins with Vipps have brought, and what a person has to look at. */
@Controller
public class EnrichmentPage {

    /**
     * Cases that are alike.
     *
     * @param state their state
     * @param reason why
     * @param count how many
     */
    public record Kind(EnrichmentState state, String reason, long count) {

        private Kind counted(long number) {
            return new Kind(state, reason, number);
        }
    }

    /**
     * A case as it was shown, and what is decided about it.
     *
     * @param organization whose page it was
     * @param member the member
     * @param integration the integration
     * @param state its state
     * @param revision the revision that was seen
     * @param decision what to do
     * @param reason why
     */
    public record Answer(
            OrganizationId organization,
            MemberId member,
            IntegrationId integration,
            EnrichmentState state,
            long revision,
            CaseDecision decision,
            @Nullable String reason) {

        /** Browsers send what they like. */
        public Answer {
            Failures.require(organization);
            Failures.require(member);
            Failures.require(integration);
            Failures.require(state);
            Failures.require(decision);
        }

        /** The case as it was shown, as far as the engine needs it to tell whether it stands as it stood. */
        EnrichmentCase seen() {
            return new EnrichmentCase(member, integration, state, "", Instant.now(), revision);
        }
    }

    /** What stands for all organizations together. */
    static final String ALL = "*";

    private static final int MOST = 25;
    private static final int COUNTED = 1_000;

    private final Members members;
    private final Shell shell;
    private final Words words;

    EnrichmentPage(Members members, Shell shell, Words words) {
        this.members = members;
        this.shell = shell;
        this.words = words;
    }

    /** Shows what was brought, and the cases. */
    @GetMapping("/enrichment")
    public String page(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @RequestParam @Nullable String organization,
            @RequestParam @Nullable String from,
            Model model) {
        model.addAttribute("everywhere", user.global());
        if (ALL.equals(organization)) {
            statistics(Optional.of(sync.enrichments().statistics()), model);
            return "enrichment";
        }
        OrganizationId id = shell.chosen(user, organization);
        model.addAttribute("organization", id);
        model.addAttribute("setting", sync.enrichments().find(id).orElse(null));
        Optional<EnrichmentStatistics> statistics = sync.enrichments().statistics(id);
        statistics(statistics, model);
        if (statistics.isPresent()) {
            cases(sync, user, id, from, model);
        }
        return "enrichment";
    }

    private static void statistics(Optional<EnrichmentStatistics> statistics, Model model) {
        model.addAttribute("statistics", statistics.orElse(null));
        List<WeekBar> bars =
                statistics.map(EnrichmentStatistics::weeks).map(WeekBar::of).orElse(List.of());
        model.addAttribute("bars", bars);
        model.addAttribute(
                "highest",
                bars.stream().mapToLong(bar -> bar.week().enriched()).max().orElse(0));
    }

    private void cases(MemberSync sync, HostUser user, OrganizationId id, @Nullable String from, Model model) {
        Slice<EnrichmentCase> found = sync.enrichments().cases(id, Address.filled(from), MOST);
        model.addAttribute("cases", found.items());
        model.addAttribute("next", found.next().orElse(null));
        model.addAttribute(
                "names",
                members.find(
                        user, found.items().stream().map(EnrichmentCase::member).toList()));
        Slice<EnrichmentCase> all = sync.enrichments().cases(id, Optional.empty(), COUNTED);
        model.addAttribute("failures", kinds(all.items()));
        model.addAttribute("failuresCut", all.next().isPresent());
    }

    private static List<Kind> kinds(List<EnrichmentCase> cases) {
        return cases.stream()
                .map(one -> new Kind(one.state(), one.reason(), 0))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey().counted(entry.getValue()))
                .sorted(Comparator.comparing(Kind::count).reversed().thenComparing(Kind::reason))
                .toList();
    }

    /** Decides a case. */
    @PostMapping("/enrichment/decide")
    public String decide(MemberSync sync, @ModelAttribute Answer answer, RedirectAttributes to) {
        String reason = answer.reason();
        sync.enrichments().decide(answer.seen(), answer.decision(), reason == null ? "" : reason);
        return done(answer.organization(), "enrichment.decided", to);
    }

    /** Switches it on, or records another ground for it. */
    @PostMapping("/enrichment/activate")
    public String activate(
            MemberSync sync,
            @RequestParam OrganizationId organization,
            @RequestParam String purpose,
            @RequestParam String legalBasis,
            RedirectAttributes to) {
        sync.enrichments().activate(new EnrichmentBasis(organization, purpose, legalBasis, Words.ZONE));
        return done(organization, "enrichment.activated", to);
    }

    /** Switches it off, at once. */
    @PostMapping("/enrichment/deactivate")
    public String deactivate(MemberSync sync, @RequestParam OrganizationId organization, RedirectAttributes to) {
        boolean on = sync.enrichments()
                .find(organization)
                .filter(EnrichmentSetting::on)
                .isPresent();
        if (on) {
            sync.enrichments().deactivate(organization);
        }
        return done(organization, on ? "enrichment.deactivated" : "enrichment.already-off", to);
    }

    private String done(OrganizationId organization, String notice, RedirectAttributes to) {
        to.addFlashAttribute("notice", words.text(notice));
        to.addAttribute("organization", organization);
        return "redirect:/enrichment";
    }
}
