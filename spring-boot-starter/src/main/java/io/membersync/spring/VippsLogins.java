package io.membersync.spring;

import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import io.membersync.vipps.VippsEnrichment;
import io.membersync.vipps.VippsLogin;
import java.util.Objects;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Logins as Spring Security's OAuth2 client gives them, for {@link VippsEnrichment}. No state. */
public final class VippsLogins {

    private VippsLogins() {}

    /**
     * Gives the login of a user whose user information Spring has fetched.
     *
     * @param user the user
     * @return the login
     * @throws IllegalArgumentException when there is no user information: name its address in the client's registration,
     *     or give the access token
     */
    public static VippsLogin of(OidcUser user) {
        OidcUserInfo info = user.getUserInfo();
        if (info == null) {
            throw new IllegalArgumentException("The user has no user information; give the access token, too");
        }
        return VippsLogin.of(user.getIdToken().getTokenValue(), info.getClaims());
    }

    /**
     * Gives the login of a user whose user information the engine is to fetch after the login.
     *
     * @param user the user
     * @param token the access token that came with the login
     * @return the login
     */
    public static VippsLogin of(OidcUser user, OAuth2AccessToken token) {
        return VippsLogin.of(user.getIdToken().getTokenValue(), token.getTokenValue());
    }

    /**
     * Reports a login of a user whose user information Spring has fetched. Spring Security has compared the nonce in the ID
     * token with the session's before it lets a user in, so the token's own is the expected one.
     *
     * @param vipps what logins are reported to
     * @param member who logged in
     * @param user the user that Spring's login gives
     * @return what becomes of it
     * @throws IllegalArgumentException when there is no user information
     */
    public static EnrichmentAnswer report(VippsEnrichment vipps, MemberId member, OidcUser user) {
        return report(vipps, member, user, of(user));
    }

    /**
     * The same for a user whose user information the engine is to fetch after the login.
     *
     * @param vipps what logins are reported to
     * @param member who logged in
     * @param user the user that Spring's login gives
     * @param token the access token that came with the login
     * @return what becomes of it
     */
    public static EnrichmentAnswer report(
            VippsEnrichment vipps, MemberId member, OidcUser user, OAuth2AccessToken token) {
        return report(vipps, member, user, of(user, token));
    }

    private static EnrichmentAnswer report(VippsEnrichment vipps, MemberId member, OidcUser user, VippsLogin login) {
        return vipps.onLogin(Caller.host(), member, login, Objects.requireNonNullElse(user.getNonce(), ""));
    }
}
