package io.membersync.spring.host;

import io.membersync.model.MemberId;
import io.membersync.spring.VippsLogins;
import io.membersync.vipps.VippsEnrichment;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Reports logins. */
@Component
@ConditionalOnProperty("membersync.vipps.client-id")
public class VippsLoginReport {

    private final VippsEnrichment vipps;
    private final JdbcClient database;

    VippsLoginReport(VippsEnrichment vipps, JdbcClient database) {
        this.vipps = vipps;
        this.database = database;
    }

    // [login]
    /** Hears of every login that Spring Security let in. */
    @EventListener
    public void loggedIn(AuthenticationSuccessEvent event) {
        if (event.getAuthentication().getPrincipal() instanceof OidcUser user) {
            database.sql("SELECT id FROM app_member WHERE login = ?")
                    .param(user.getSubject())
                    .query(String.class)
                    .optional()
                    .ifPresent(id -> VippsLogins.report(vipps, MemberId.of(id), user));
        }
    }
    // [end]
}
