package io.membersync.examples.host.login;

import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.examples.host.members.Members;
import io.membersync.spring.VippsLogins;
import io.membersync.vipps.VippsEnrichment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Reports members' logins, which may bring a personnummer that their registry lacks. */
@Component
public class VippsLoginReport {

    private static final Logger LOG = LoggerFactory.getLogger(VippsLoginReport.class);

    private final ObjectProvider<VippsEnrichment> vipps;
    private final Members members;

    VippsLoginReport(ObjectProvider<VippsEnrichment> vipps, Members members) {
        this.vipps = vipps;
        this.members = members;
    }

    /** Hears of every login that Spring Security let in. */
    @EventListener
    public void loggedIn(AuthenticationSuccessEvent event) {
        if (event.getAuthentication().getPrincipal() instanceof OidcUser user) {
            vipps.ifAvailable(enrichment -> members.ofLogin(user.getName()).ifPresent(member -> {
                EnrichmentAnswer answer = VippsLogins.report(enrichment, member, user);
                LOG.info("A member's login was reported: {}", answer.getClass().getSimpleName());
            }));
        }
    }
}
