package io.membersync.examples.host.web;

import io.membersync.examples.host.HostProperties;
import io.membersync.examples.host.login.HostUser;
import io.membersync.model.OrganizationId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows around its own part. */
@ControllerAdvice
public class Shell {

    /**
     * An organization that may be chosen.
     *
     * @param id its id
     * @param name its name
     */
    public record Choice(OrganizationId id, String name) {}

    private final HostProperties host;
    private final boolean demo;

    Shell(HostProperties host, Environment environment) {
        this.host = host;
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
    }

    /** Adds who is logged in, what may be chosen, and where the page is. */
    @ModelAttribute
    public void fill(Model model, HttpServletRequest request, @AuthenticationPrincipal @Nullable Object principal) {
        model.addAttribute("path", request.getRequestURI());
        model.addAttribute("demo", demo);
        model.addAttribute("host", host);
        if (principal instanceof HostUser user) {
            model.addAttribute("user", user);
            model.addAttribute("organizations", organizations(user));
        }
    }

    /** {@return the organizations that a user may see} */
    List<Choice> organizations(HostUser user) {
        return host.organizations().keySet().stream()
                .map(OrganizationId::of)
                .filter(user.caller()::mayActFor)
                .map(id -> new Choice(id, host.name(id)))
                .toList();
    }

    /**
     * {@return the organization that a page is about: the one asked for, else the first that the user may choose}
     *
     * @throws NoSuchElementException when there is none
     */
    OrganizationId chosen(HostUser user, @Nullable String asked) {
        return Address.filled(asked)
                .map(OrganizationId::of)
                .or(() -> organizations(user).stream().map(Choice::id).findFirst())
                .orElseThrow(NoSuchElementException::new);
    }
}
