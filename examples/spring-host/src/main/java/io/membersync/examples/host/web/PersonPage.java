package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.examples.host.login.HostUser;
import io.membersync.examples.host.members.Member;
import io.membersync.examples.host.members.Members;
import io.membersync.member.FieldExplanation;
import io.membersync.model.MemberId;
import io.membersync.setup.Integration;
import java.io.StringWriter;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One member: why it has each of its values, what is kept of it, and erasing it. */
@Controller
public class PersonPage {

    /**
     * What one integration says of the member.
     *
     * @param integration the integration
     * @param fields its fields; none when the member is not linked there
     */
    public record Explained(Integration integration, List<FieldExplanation> fields) {}

    private static final MediaType JSON_LINES = MediaType.parseMediaType("application/jsonl;charset=UTF-8");

    private final Members members;
    private final Words words;

    PersonPage(Members members, Words words) {
        this.members = members;
        this.words = words;
    }

    /** Explains the member. */
    @GetMapping("/members/{id}")
    public String page(
            MemberSync sync, @AuthenticationPrincipal HostUser user, @PathVariable MemberId id, Model model) {
        Member member = member(user, id);
        model.addAttribute("member", member);
        model.addAttribute(
                "explained",
                sync.integrations().list().stream()
                        .filter(integration -> integration.organization().equals(member.organization()))
                        .map(integration ->
                                new Explained(integration, sync.explain().values(integration.id(), id)))
                        .toList());
        return "person";
    }

    private Member member(HostUser user, MemberId id) {
        return members.find(user, id).orElseThrow(NoSuchElementException::new);
    }

    /** Hands out all that is kept, for the person; that it was done is noted. */
    @PostMapping("/members/{id}/copy")
    public ResponseEntity<String> copy(
            MemberSync sync, @AuthenticationPrincipal HostUser user, @PathVariable MemberId id) {
        Member member = member(user, id);
        StringWriter lines = new StringWriter();
        sync.personalData().writeJsonLines(member.id(), lines);
        return ResponseEntity.ok()
                .contentType(JSON_LINES)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("member-" + member.id() + ".jsonl")
                                .build()
                                .toString())
                .body(lines.toString());
    }

    /** Erases the person, if the administrator has typed the member's id. */
    @PostMapping("/members/{id}/erase")
    public String erase(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @PathVariable MemberId id,
            @RequestParam String confirmation,
            @RequestParam String reason,
            Model model,
            RedirectAttributes to) {
        Member member = member(user, id);
        if (!confirmation.strip().equals(member.id().value())) {
            to.addFlashAttribute("notice", words.text("person.erase.unconfirmed"));
            return "redirect:/members/{id}";
        }
        model.addAttribute("id", member.id());
        model.addAttribute("erasure", members.erase(sync, user, member.id(), reason));
        return "erased";
    }
}
