package io.membersync.examples.host.login;

import io.membersync.examples.host.HostProperties;
import io.membersync.model.OrganizationId;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/** Who gets in: administrators by password, members by Vipps; and what browsers may do with the pages. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    // Everything comes from here: no inline script or style, no foreign host, no frame.
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String HTMX = "HX-Request";
    private static final AuthenticationEntryPoint LOGIN = new LoginUrlAuthenticationEntryPoint("/login");

    SecurityConfiguration() {}

    @Bean
    UserDetailsService administrators(HostProperties properties) {
        Map<String, HostProperties.Account> accounts = properties.accounts().stream()
                .collect(Collectors.toUnmodifiableMap(HostProperties.Account::name, Function.identity()));
        return name -> {
            HostProperties.Account account = accounts.get(name);
            if (account == null) {
                throw new UsernameNotFoundException("There is no such account");
            }
            return new HostUser(
                    account.name(), account.password(), account.organization().map(OrganizationId::of));
        };
    }

    @Bean
    SecurityFilterChain pages(HttpSecurity http, ObjectProvider<ClientRegistrationRepository> vipps) throws Exception {
        // An asynchronous dispatch only ends what was let in, if after the logout.
        http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers(
                        "/login",
                        "/app.css",
                        "/app.js",
                        "/icon.svg",
                        "/webjars/**",
                        "/actuator/health",
                        "/error",
                        "/language")
                .permitAll()
                .requestMatchers("/membersync/webhooks/**")
                .permitAll()
                .requestMatchers("/me", "/me/**")
                .authenticated()
                .anyRequest()
                .hasRole(HostUser.ADMINISTRATOR));
        http.requestCache(cache -> cache.requestCache(returnAddresses()));
        http.exceptionHandling(refusal -> refusal.authenticationEntryPoint(SecurityConfiguration::askToLogIn)
                .accessDeniedHandler((request, response, why) -> {
                    // The page tells an ended session from what is not the user's.
                    request.setAttribute(WebAttributes.ACCESS_DENIED_403, why);
                    response.sendError(HttpServletResponse.SC_FORBIDDEN);
                }));
        http.formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/").permitAll());
        http.logout(Customizer.withDefaults());
        http.csrf(csrf -> csrf.ignoringRequestMatchers("/membersync/webhooks/**"));
        http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)));
        if (vipps.getIfAvailable() != null) {
            http.oauth2Login(login -> login.loginPage("/login").defaultSuccessUrl("/me", true));
        }
        return http.build();
    }

    /** Only pages are returned to after the login, never parts of one. */
    private static RequestCache returnAddresses() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(request -> request.getMethod().equals("GET")
                && request.getHeader(HTMX) == null
                && !request.getServletPath().startsWith("/fragments/")
                && !request.getServletPath().equals("/live"));
        return cache;
    }

    // htmx would put the login page into a part of the page.
    private static void askToLogIn(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException, ServletException {
        if (request.getHeader(HTMX) == null) {
            LOGIN.commence(request, response, why);
        } else {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("HX-Redirect", "/login");
        }
    }

    /** Refuses control characters, which PostgreSQL does not store, in whatever forms and addresses say. */
    @Bean
    HttpFirewall plainText() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(text ->
                text == null || text.chars().noneMatch(c -> Character.isISOControl(c) && "\t\r\n".indexOf(c) < 0));
        return firewall;
    }

    /** Tells the live pages of a session that it has ended. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }
}
