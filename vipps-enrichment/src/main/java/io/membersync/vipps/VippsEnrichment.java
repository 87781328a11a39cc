package io.membersync.vipps;

import io.membersync.MemberSyncEngine;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentAnswer.Why;
import io.membersync.enrichment.LoginFinding;
import io.membersync.fault.AccessDeniedException;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives registries the personnummer that members' logins bring. The host reports each login; everything after that is
 * the engine's business, in organizations that have switched it on through
 * {@link io.membersync.MemberSync#enrichments()}. Safe for many threads.
 */
public final class VippsEnrichment {

    private final IdentityProfile profile;
    private final VippsProvider provider;
    private final Optional<Credentials.ApiKey> callbackSecret;

    private VippsEnrichment(
            IdentityProfile profile, VippsProvider provider, Optional<Credentials.ApiKey> callbackSecret) {
        this.profile = profile;
        this.provider = provider;
        this.callbackSecret = callbackSecret;
    }

    /**
     * Lets an engine take logins of a provider. Asks nobody; keys are fetched once the engine is started.
     *
     * @param engine the engine
     * @param profile the provider
     * @return what logins are reported to
     * @throws io.membersync.fault.RegistryException with {@code ENDPOINT} when the issuer is no address
     */
    public static VippsEnrichment on(MemberSyncEngine engine, IdentityProfile profile) {
        return new VippsEnrichment(
                profile,
                engine.attach(profile.origin(), context -> new VippsProvider(profile, context)),
                Optional.empty());
    }

    /**
     * Gives the same enrichment, which takes messages of withdrawn consents only with the secret that was agreed on with
     * the provider in their {@code Authorization} header.
     *
     * @param secret what the header says, behind its scheme if it names one
     * @return what messages are reported to from then on
     */
    public VippsEnrichment expectingCallbacksWith(Credentials.ApiKey secret) {
        return new VippsEnrichment(profile, provider, Optional.of(secret));
    }

    /**
     * Reports a login that was successful. Returns after at most one short transaction, whatever the state of provider
     * and registries; a login that does not prove what it says is refused here and is no reason to end the session.
     *
     * @param caller the host
     * @param member who logged in
     * @param login what the provider gave
     * @param expectedNonce the nonce that was sent with the authorization request
     * @return what becomes of it; a storage that fails is an answer, too
     * @throws AccessDeniedException when the caller is not the host
     */
    public EnrichmentAnswer onLogin(Caller caller, MemberId member, VippsLogin login, String expectedNonce) {
        checkHost(caller, "report logins");
        Objects.requireNonNull(member, "member");
        LoginFinding found = provider.look(login, expectedNonce);
        if (found instanceof LoginFinding.Verified verified) {
            return provider.context().desk().offer(member, provider.name(), verified);
        } else if (found instanceof LoginFinding.Refused refused) {
            return new EnrichmentAnswer.Refused(refused.fault());
        } else if (found instanceof LoginFinding.NoNumber) {
            return new EnrichmentAnswer.NothingToDo(Why.NO_NUMBER);
        }
        String subject = ((LoginFinding.Open) found).subject();
        return provider.context().desk().keep(member, provider.name(), login.written(expectedNonce, profile), subject);
    }

    /**
     * Takes the message in that a person has withdrawn consent. Nobody signed it, so it is a hint only: what waits of
     * that person is withheld until they log in again; nothing is erased. The host answers the message with 200 in any
     * case, and refuses bodies above 8 KiB.
     *
     * @param caller the host
     * @param authorization the message's {@code Authorization} header, if it has one
     * @param body the message's body as it came
     * @return how many registries' numbers were withheld; 0 also for a message that cannot be read or lacks the header
     *     that is expected
     * @throws AccessDeniedException when the caller is not the host
     */
    public int onConsentWithdrawn(Caller caller, Optional<String> authorization, byte[] body) {
        checkHost(caller, "report withdrawn consents");
        String given = authorization.orElse("");
        if (callbackSecret.isPresent()
                && !same(callbackSecret.get().reveal(), given.substring(given.lastIndexOf(' ') + 1))) {
            return 0;
        }
        Instant now = provider.context().time().instant();
        Optional<WithdrawnConsent> message = WithdrawnConsent.read(body);
        return message.map(withdrawn -> provider.context()
                        .desk()
                        .withhold(
                                provider.name(),
                                withdrawn.subject(),
                                withdrawn.at().isBefore(now) ? withdrawn.at() : now))
                .orElse(0);
    }

    /**
     * Helps hosts that have no OpenID client of their own through a login.
     *
     * @param client what the host is known by at the provider
     * @return the login flow
     */
    public LoginFlow loginFlow(LoginClient client) {
        return new LoginFlow(profile, client, provider.site());
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static void checkHost(Caller caller, String action) {
        if (caller.role() != Caller.Role.HOST) {
            throw new AccessDeniedException(caller.name(), action);
        }
    }
}
