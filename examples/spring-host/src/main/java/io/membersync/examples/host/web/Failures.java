package io.membersync.examples.host.web;

import io.membersync.fault.AccessDeniedException;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.MemberSyncException;
import io.membersync.fault.StaleVersionException;
import io.membersync.fault.StorageException;
import io.membersync.fault.Violation;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** What a page says when it cannot do what was asked. */
@ControllerAdvice
@Order(0)
public class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    Failures() {}

    /** What is another organization's looks just as what does not exist. */
    @ExceptionHandler({AccessDeniedException.class, NoSuchElementException.class})
    public ModelAndView absent(RuntimeException refused) {
        return page(HttpStatus.NOT_FOUND, "failure.absent", List.of());
    }

    /** Tells what is wrong, field by field. */
    @ExceptionHandler
    public ModelAndView invalid(InvalidConfigurationException refused) {
        return page(HttpStatus.UNPROCESSABLE_CONTENT, "failure.invalid", refused.violations());
    }

    /** Somebody else was faster. */
    @ExceptionHandler
    public ModelAndView overtaken(StaleVersionException refused) {
        return page(HttpStatus.CONFLICT, "failure.stale", List.of());
    }

    /** It cannot be done as it was asked. */
    @ExceptionHandler
    public ModelAndView wrong(IllegalArgumentException refused) {
        StackTraceElement[] thrown = refused.getStackTrace();
        // What Java or the framework says names classes, and is for nobody who reads a page.
        if (thrown.length == 0 || !thrown[0].getClassName().startsWith("io.membersync.")) {
            return page(HttpStatus.BAD_REQUEST, "failure.misunderstood", List.of());
        }
        return page(
                HttpStatus.BAD_REQUEST,
                "failure.wrong",
                List.of(new Violation("", String.valueOf(refused.getMessage()))));
    }

    /** The database does not answer. */
    @ExceptionHandler
    public ModelAndView storage(StorageException failed) {
        LOG.error("The database did not answer", failed);
        return page(HttpStatus.SERVICE_UNAVAILABLE, "failure.storage", List.of());
    }

    /** The library says no. */
    @ExceptionHandler
    public ModelAndView refused(MemberSyncException refused) {
        return page(
                HttpStatus.CONFLICT,
                "failure.refused",
                List.of(new Violation("", String.valueOf(refused.getMessage()))));
    }

    /** Refuses a form that lacks a part which the page's own form has. */
    static void require(@Nullable Object part) {
        if (part == null) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
    }

    static ModelAndView page(HttpStatus status, String message, List<Violation> violations) {
        ModelAndView page = new ModelAndView("failure");
        page.setStatus(status);
        page.addObject("message", message);
        page.addObject("violations", violations);
        return page;
    }
}
