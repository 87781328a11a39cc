package io.membersync.examples.host.login;

import io.membersync.examples.host.HostProperties;
import io.membersync.model.OrganizationId;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who gets in: administrators by password, members by Vipps; and what browsers may do with the pages. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    // Everything comes from here: no inline script or style, no foreign host, no frame.
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
        http.authorizeHttpRequests(requests -> requests.requestMatchers(
                        "/login", "/app.css", "/app.js", "/icon.svg", "/webjars/**", "/actuator/health", "/error")
                .permitAll()
                .requestMatchers("/membersync/webhooks/**")
                .permitAll()
                .requestMatchers("/me", "/me/**")
                .authenticated()
                .anyRequest()
                .hasRole(HostUser.ADMINISTRATOR));
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
}
