package io.membersync.examples.host.web.setup;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.util.UriUtils;

/** Answers a form: the part that changes to htmx, the whole page to a browser without it. */
@Component
class Replies {

    static final String HTMX = "HX-Request";

    private static final int UNPROCESSABLE = 422;

    Replies() {}

    /** Goes on to another page of this application. */
    String leave(String path, @Nullable String htmx, HttpServletResponse response) {
        String address = UriUtils.encodePath(path, StandardCharsets.UTF_8);
        if (htmx == null) {
            return "redirect:" + address;
        }
        response.setHeader("HX-Redirect", address);
        return "connection :: nothing";
    }

    /** Stays at the form, with what is wrong and what was answered. */
    String stay(String page, Wrong wrong, @Nullable String htmx, HttpServletResponse response, Model model) {
        model.addAttribute("wrong", wrong);
        if (wrong.any()) {
            response.setStatus(UNPROCESSABLE);
        }
        model.addAttribute("beside", htmx != null);
        return htmx == null ? page : "connection :: answer";
    }
}
