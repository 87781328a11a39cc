package io.membersync.examples.host.web.setup;

import io.membersync.examples.host.web.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.util.UriUtils;

/** Answers a form: the part that changes to htmx, the whole page to a browser without it. */
@Component
class Replies {

    static final String HTMX = "HX-Request";

    private static final int UNPROCESSABLE = 422;

    private final Words words;

    Replies(Words words) {
        this.words = words;
    }

    /** Goes on to another page of this application, which tells that it is done. */
    String leave(String path, String notice, HttpServletRequest request, HttpServletResponse response) {
        String address = UriUtils.encodePath(path, StandardCharsets.UTF_8);
        RequestContextUtils.getOutputFlashMap(request).put("notice", words.text(notice));
        if (request.getHeader(HTMX) == null) {
            return "redirect:" + address;
        }
        RequestContextUtils.saveOutputFlashMap(address, request, response);
        response.setHeader("HX-Redirect", address);
        return "connection :: nothing";
    }

    /** Stays at the form, with what is wrong and what was answered. */
    String stay(String page, Wrong wrong, HttpServletRequest request, HttpServletResponse response, Model model) {
        boolean htmx = request.getHeader(HTMX) != null;
        model.addAttribute("wrong", wrong);
        if (wrong.any()) {
            response.setStatus(UNPROCESSABLE);
        }
        model.addAttribute("beside", htmx);
        return htmx ? "connection :: answer" : page;
    }
}
