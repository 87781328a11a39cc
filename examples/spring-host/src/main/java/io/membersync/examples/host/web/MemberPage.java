package io.membersync.examples.host.web;

import io.membersync.examples.host.members.Member;
import io.membersync.examples.host.members.Members;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a member sees: the own contact details, which go to the registry when they are changed. */
@Controller
public class MemberPage {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,190}");
    private static final Pattern MOBILE = Pattern.compile("\\+?[0-9 ]{5,20}");

    private final Members members;
    private final Words words;

    MemberPage(Members members, Words words) {
        this.members = members;
        this.words = words;
    }

    /** Shows them. */
    @GetMapping("/me")
    public String page(@AuthenticationPrincipal @Nullable OidcUser user, Model model) {
        model.addAttribute("member", own(user).orElse(null));
        return "me";
    }

    /** Changes them. */
    @PostMapping("/me")
    public String change(
            @AuthenticationPrincipal @Nullable OidcUser user,
            @RequestParam String email,
            @RequestParam String mobile,
            RedirectAttributes to,
            Model model,
            HttpServletResponse response) {
        Optional<Member> member = own(user);
        boolean wrongEmail = !email.isBlank() && !EMAIL.matcher(email.strip()).matches();
        boolean wrongMobile =
                !mobile.isBlank() && !MOBILE.matcher(mobile.strip()).matches();
        if (wrongEmail || wrongMobile) {
            model.addAttribute("member", member.orElse(null));
            model.addAttribute("wrongEmail", wrongEmail);
            model.addAttribute("wrongMobile", wrongMobile);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return "me";
        }
        member.ifPresent(own -> {
            members.changeContact(own.id(), email, mobile);
            to.addFlashAttribute("notice", words.text("me.saved"));
        });
        return "redirect:/me";
    }

    private Optional<Member> own(@Nullable OidcUser user) {
        return Optional.ofNullable(user)
                .flatMap(login -> members.ofLogin(login.getName()))
                .flatMap(members::find);
    }
}
