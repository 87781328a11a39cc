package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.examples.host.login.HostUser;
import io.membersync.examples.host.members.Member;
import io.membersync.examples.host.members.Members;
import io.membersync.health.HealthQuery;
import io.membersync.health.IntegrationHealth;
import io.membersync.matching.Candidate;
import io.membersync.matching.Match;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The records of which it is not clear whom they belong to. */
@Controller
public class MatchesPage {

    /**
     * A record as it was shown, and what is decided about it.
     *
     * @param integration the integration
     * @param record the registry's id
     * @param doubt why a person was asked
     * @param revision the revision that was seen
     * @param member the member that was chosen; empty for somebody new
     * @param reason why
     */
    public record Answer(
            IntegrationId integration,
            ExternalId record,
            Match.Doubt doubt,
            long revision,
            @Nullable String member,
            @Nullable String reason) {

        /** The review as it was shown, as far as the queue needs it to tell whether it stands as it stood. */
        MatchReview seen() {
            Instant shown = Instant.now();
            return new MatchReview(integration, record, doubt, List.of(), shown, shown, Optional.empty(), revision);
        }

        String why() {
            return reason == null ? "" : reason;
        }
    }

    private static final int MOST = 25;

    private final Members members;
    private final Words words;

    MatchesPage(Members members, Words words) {
        this.members = members;
        this.words = words;
    }

    /** Lists them, or the integrations where none is chosen. */
    @GetMapping("/matches")
    public String page(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @RequestParam @Nullable String integration,
            @RequestParam @Nullable String from,
            Model model) {
        Optional<IntegrationId> chosen = Address.filled(integration).map(IntegrationId::of);
        if (chosen.isEmpty()) {
            HealthQuery all = HealthQuery.all();
            Slice<IntegrationHealth> found =
                    sync.health().find(Address.filled(from).map(all::from).orElse(all));
            model.addAttribute("rows", found.items());
            model.addAttribute("next", found.next().orElse(null));
            return "matches-choice";
        }
        IntegrationId id = chosen.get();
        Slice<MatchReview> found = sync.matches().list(id, Address.filled(from), MOST);
        model.addAttribute("integration", sync.integrations().find(id).orElseThrow(NoSuchElementException::new));
        model.addAttribute("reviews", found.items());
        model.addAttribute("next", found.next().orElse(null));
        model.addAttribute("names", names(user, found.items()));
        return "matches";
    }

    private Map<MemberId, Member> names(HostUser user, List<MatchReview> reviews) {
        return members.find(
                user,
                reviews.stream()
                        .flatMap(review -> review.candidates().stream())
                        .map(Candidate::member)
                        .toList());
    }

    /** Says that the record is a member's. */
    @PostMapping("/matches/link")
    public String link(MemberSync sync, @ModelAttribute Answer answer, RedirectAttributes to) {
        MemberId member = Address.filled(answer.member())
                .map(String::strip)
                .map(MemberId::of)
                .orElseThrow(() -> new IllegalArgumentException(words.text("matches.no-member")));
        sync.matches().link(answer.seen(), member, answer.why());
        return decided(answer.integration(), to);
    }

    /** Says that the record is of somebody new. */
    @PostMapping("/matches/create")
    public String create(MemberSync sync, @ModelAttribute Answer answer, RedirectAttributes to) {
        sync.matches().create(answer.integration(), List.of(answer.seen()), answer.why());
        return decided(answer.integration(), to);
    }

    /** Takes a record off its member: it is somebody else, who is made a member of its own. */
    @PostMapping("/matches/split")
    public String split(
            MemberSync sync,
            @RequestParam IntegrationId integration,
            @RequestParam ExternalId record,
            @RequestParam String reason,
            RedirectAttributes to) {
        sync.matches().split(integration, record, reason);
        return decided(integration, to);
    }

    /** Moves a record over to another member, who is the same person. */
    @PostMapping("/matches/merge")
    public String merge(
            MemberSync sync,
            @RequestParam IntegrationId integration,
            @RequestParam ExternalId record,
            @RequestParam MemberId member,
            @RequestParam String reason,
            RedirectAttributes to) {
        sync.matches().merge(integration, record, member, reason);
        return decided(integration, to);
    }

    private String decided(IntegrationId integration, RedirectAttributes to) {
        to.addFlashAttribute("notice", words.text("matches.decided"));
        to.addAttribute("integration", integration);
        return "redirect:/matches";
    }
}
