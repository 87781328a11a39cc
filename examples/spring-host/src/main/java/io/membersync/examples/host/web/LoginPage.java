package io.membersync.examples.host.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Logging in. */
@Controller
public class LoginPage {

    private final boolean vipps;

    LoginPage(ObjectProvider<ClientRegistrationRepository> registrations) {
        this.vipps = registrations.getIfAvailable() != null;
    }

    /** Asks who comes. */
    @GetMapping("/login")
    public String page(Model model) {
        model.addAttribute("vipps", vipps);
        return "login";
    }
}
