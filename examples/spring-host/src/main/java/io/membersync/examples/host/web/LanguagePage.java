package io.membersync.examples.host.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** Changes the language, and leads back. */
@Controller
public class LanguagePage {

    // Browsers read a backslash as a slash, and drop tabs: two slashes would lead to another host.
    private static final Pattern LOCAL = Pattern.compile("/(?!/)[\\x21-\\x7e&&[^\\\\]]*");

    private final LocaleResolver languages;

    LanguagePage(LocaleResolver languages) {
        this.languages = languages;
    }

    /** Keeps a known language, and goes where the reader was, if that is here. */
    @GetMapping("/language")
    public View change(
            @RequestParam String lang,
            @RequestParam(defaultValue = "/") String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<Locale> known = Optional.ofNullable(Languages.KNOWN.get(lang));
        known.ifPresent(language -> languages.setLocale(request, response, language));
        RedirectView back = new RedirectView(LOCAL.matcher(to).matches() ? to : "/", false, true, false);
        back.setExpandUriTemplateVariables(false);
        return back;
    }
}
