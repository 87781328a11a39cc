package io.membersync.examples.host.web;

import io.membersync.examples.host.HostProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Logging in. */
@Controller
public class LoginPage {

    private final boolean vipps;
    private final boolean nobody;

    LoginPage(ObjectProvider<ClientRegistrationRepository> registrations, HostProperties host) {
        this.nobody = host.accounts().isEmpty();
        this.vipps = registrations.getIfAvailable() != null;
    }

    /** Asks who comes. */
    @GetMapping("/login")
    public String page(Model model) {
        model.addAttribute("vipps", vipps);
        model.addAttribute("nobody", nobody);
        return "login";
    }
}
