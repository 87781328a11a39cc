package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.examples.host.login.HostUser;
import io.membersync.examples.host.members.Member;
import io.membersync.examples.host.members.Members;
import io.membersync.model.OrganizationId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Finds members. What is looked for is posted, so that no address, history or log holds a name. */
@Controller
public class MembersPage {

    private static final int MOST = 50;

    private final Members members;

    MembersPage(Members members) {
        this.members = members;
    }

    /** Asks whom to look for. */
    @GetMapping("/members")
    public String page(MemberSync sync, Model model) {
        model.addAttribute("integrations", sync.integrations().list());
        return "members";
    }

    /** Shows who was found. */
    @PostMapping("/members")
    public String search(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @RequestParam @Nullable String organization,
            @RequestParam String text,
            Model model) {
        List<Member> found = members.search(user, Address.filled(organization).map(OrganizationId::of), text, MOST + 1);
        model.addAttribute("found", found.stream().limit(MOST).toList());
        model.addAttribute("cut", found.size() > MOST);
        model.addAttribute("text", text);
        model.addAttribute("chosen", organization);
        return page(sync, model);
    }
}
