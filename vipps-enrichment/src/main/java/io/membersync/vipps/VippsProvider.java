package io.membersync.vipps;

import com.nimbusds.jose.jwk.JWK;
import io.membersync.enrichment.LoginContext;
import io.membersync.enrichment.LoginFault;
import io.membersync.enrichment.LoginFinding;
import io.membersync.enrichment.LoginProvider;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.vipps.IdTokenVerifier.Outcome;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Verifies logins: with the keys at hand, or asking the provider. Safe for many threads. */
final class VippsProvider implements LoginProvider {

    private final IdentityProfile profile;
    private final LoginContext context;
    private final ProviderSite site;
    private final IdTokenVerifier verifier;
    private final NumberReader numbers;

    VippsProvider(IdentityProfile profile, LoginContext context) {
        this.profile = profile;
        this.context = context;
        this.site = new ProviderSite(profile, context.gateway(), context.time());
        this.verifier = new IdTokenVerifier(profile);
        this.numbers = new NumberReader(profile.claim(), context.testMode());
    }

    LoginContext context() {
        return context;
    }

    ProviderSite site() {
        return site;
    }

    @Override
    public String name() {
        return profile.provider();
    }

    @Override
    public void keepReady() {
        site.keepReady();
    }

    /** Verifies a login as far as that goes without asking anybody. */
    LoginFinding look(VippsLogin login, String nonce) {
        Outcome outcome = verifier.verify(login, nonce, context.time().instant(), site::key);
        if (outcome instanceof Outcome.Refused refused) {
            return new LoginFinding.Refused(refused.fault());
        } else if (outcome instanceof Outcome.Genuine genuine) {
            return number(genuine.subject(), genuine.claims(), login.userinfo())
                    .orElseGet(() -> withoutUserinfo(login, genuine.subject()));
        }
        Outcome.KeyMissing unproved = (Outcome.KeyMissing) outcome;
        // What brings nothing even if it is genuine need not be kept.
        return number(unproved.subject(), unproved.claims(), login.userinfo())
                .filter(found -> !(found instanceof LoginFinding.Verified))
                .orElseGet(() -> new LoginFinding.Open(unproved.subject()));
    }

    private static LoginFinding withoutUserinfo(VippsLogin login, String subject) {
        return login.accessToken().isPresent() ? new LoginFinding.Open(subject) : new LoginFinding.NoNumber();
    }

    @Override
    public LoginFinding finish(String kept, Instant takenAt) {
        VippsLogin.Kept read = VippsLogin.read(kept);
        Outcome outcome = verifier.verify(read.login(), read.nonce(), takenAt, id -> site.keyAsking(id, takenAt));
        if (outcome instanceof Outcome.Refused refused) {
            return new LoginFinding.Refused(refused.fault());
        } else if (!(outcome instanceof Outcome.Genuine)) {
            return new LoginFinding.Refused(LoginFault.UNKNOWN_KEY);
        }
        Outcome.Genuine genuine = (Outcome.Genuine) outcome;
        return number(genuine.subject(), genuine.claims(), read.login().userinfo())
                .orElseGet(() -> read.login()
                        .accessToken()
                        .map(token -> fetched(genuine.subject(), token, takenAt))
                        .orElseGet(LoginFinding.NoNumber::new));
    }

    /** Reads the number where it is at hand; nothing where the user information would have to be fetched. */
    private Optional<LoginFinding> number(
            String subject, Map<String, Object> claims, Optional<Map<String, Object>> userinfo) {
        return profile.source() == IdentityProfile.Source.ID_TOKEN
                ? Optional.of(numbers.read(subject, claims))
                : userinfo.map(told -> numbers.ofUserinfo(subject, told));
    }

    private LoginFinding fetched(String subject, String accessToken, Instant takenAt) {
        GatewayResponse answer = site.send(GatewayRequest.get(site.endpoints().userinfo())
                .header("Authorization", "Bearer " + accessToken)
                .accepting(401, 403));
        if (answer.status() != 200) {
            return new LoginFinding.Refused(LoginFault.USERINFO_REFUSED);
        }
        try {
            return userinfo(answer, takenAt)
                    .map(claims -> numbers.ofUserinfo(subject, claims))
                    .orElseGet(() -> new LoginFinding.Refused(LoginFault.UNREADABLE_USERINFO));
        } catch (RegistryException failed) {
            if (failed.fault() != Fault.UNREADABLE) {
                throw failed;
            }
            return new LoginFinding.Refused(LoginFault.UNREADABLE_USERINFO);
        }
    }

    /** User information is an object, or, with some providers, a token of its own. */
    private Optional<Map<String, Object>> userinfo(GatewayResponse answer, Instant takenAt) {
        boolean token = answer.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/jwt"))
                .isPresent();
        Function<String, Optional<JWK>> keys = id -> site.keyAsking(id, takenAt);
        return token
                ? verifier.signedClaims(ProviderSite.text(answer).strip(), keys)
                : Optional.of(ProviderSite.object(answer, "user information"));
    }
}
