package io.membersync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.MemberSyncEngine;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.model.MemberId;
import io.membersync.secret.KeyProvider;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import io.membersync.testkit.simulator.vipps.VippsSimulator;
import io.membersync.vipps.IdentityProfile;
import io.membersync.vipps.VippsEnrichment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Logins as Spring Security gives them. */
@Requirement("G4")
class VippsLoginsTest {

    private static final MemberId KARI = MemberId.of("kari");

    @Test
    void aLoginOfSpringSecurityIsVerifiedLikeAnyOther() {
        try (VippsSimulator simulator = VippsSimulator.start(InstantSource.system());
                MemberSyncEngine engine = MemberSyncEngine.builder(new InMemoryStorage())
                        .keys(KeyProvider.random())
                        .testMode()
                        .build()) {
            VippsEnrichment vipps =
                    VippsEnrichment.on(engine, IdentityProfile.vippsAt(simulator.origin(), simulator.clientId()));
            engine.start();
            VippsPerson person = VippsPerson.with("10915596784");

            // Until it has fetched the provider's keys, it can judge nobody.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    VippsLogins.report(vipps, KARI, user(simulator, person, TokenFault.OTHER_AUDIENCE)))
                            .isInstanceOf(EnrichmentAnswer.Refused.class));
            assertThat(VippsLogins.report(vipps, KARI, user(simulator, person, TokenFault.NONE)))
                    .isEqualTo(new EnrichmentAnswer.NothingToDo(EnrichmentAnswer.Why.NOT_LINKED));
        }
    }

    private static OidcUser user(VippsSimulator simulator, VippsPerson person, TokenFault fault) {
        IssuedLogin login = simulator.logIn(person, "the-session's", fault);
        return new DefaultOidcUser(
                List.of(new SimpleGrantedAuthority("OIDC_USER")),
                new OidcIdToken(login.idToken(), null, null, Map.of("sub", person.subject(), "nonce", "the-session's")),
                new OidcUserInfo(Map.of("sub", person.subject(), "nin", "10915596784")));
    }

    @Test
    void aUserWithoutUserInformationIsRefused() {
        OidcUser user = new DefaultOidcUser(
                List.of(new SimpleGrantedAuthority("OIDC_USER")),
                new OidcIdToken("token", null, null, Map.of("sub", "somebody")));

        assertThatThrownBy(() -> VippsLogins.of(user)).isInstanceOf(IllegalArgumentException.class);
    }
}
