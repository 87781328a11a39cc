package io.membersync.examples.host.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What is said where no page could answer: the same words to browsers and to htmx. */
@Controller
public class ErrorPage implements ErrorController {

    ErrorPage() {}

    /** Says it by the status; who merely comes by finds nothing. */
    @RequestMapping("/error")
    public ModelAndView page(HttpServletRequest request) {
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : HttpStatus.NOT_FOUND;
        HttpStatus known = status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
        boolean sessionEnded = request.getAttribute(WebAttributes.ACCESS_DENIED_403) instanceof CsrfException;
        return Failures.page(known, sessionEnded ? "failure.session" : words(known), List.of());
    }

    private static String words(HttpStatus status) {
        return switch (status) {
            case FORBIDDEN -> "failure.forbidden";
            case NOT_FOUND -> "failure.absent";
            case METHOD_NOT_ALLOWED -> "failure.method";
            default -> status.is4xxClientError() ? "failure.misunderstood" : "failure.unexpected";
        };
    }
}
