package io.membersync.examples.host.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** English or Norwegian; a cookie keeps the choice, and every page knows where it can be read again. */
@Configuration(proxyBeanMethods = false)
public class Languages implements WebMvcConfigurer {

    /** The languages, by what cookies and addresses call them. */
    static final Map<String, Locale> KNOWN = Map.of("en", Locale.ENGLISH, "nb", Locale.forLanguageTag("nb"));

    // What was posted is read again at the start of its own pages.
    private static final Pattern START = Pattern.compile("/(?:(?:integrations|plans)/[^/]+|[^/]*)");

    Languages() {}

    @Bean
    LocaleResolver localeResolver() {
        CookieLocaleResolver cookie = new CookieLocaleResolver("language") {
            @Override
            protected @Nullable Locale parseLocaleValue(String text) {
                return KNOWN.get(text);
            }
        };
        cookie.setDefaultLocale(Locale.UK);
        cookie.setCookieHttpOnly(true);
        cookie.setCookieSameSite("Lax");
        return cookie;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                request.setAttribute("here", here(request));
                return true;
            }
        });
    }

    private static String here(HttpServletRequest request) {
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? failed
                : request.getRequestURI();
        if (request.getMethod().equals("GET")) {
            return request.getQueryString() == null ? path : path + "?" + request.getQueryString();
        }
        Matcher start = START.matcher(path);
        return start.lookingAt() ? start.group() : "/";
    }
}
