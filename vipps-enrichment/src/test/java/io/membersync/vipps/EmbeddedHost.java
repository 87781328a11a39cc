package io.membersync.vipps;

import io.membersync.MemberSyncEngine;
import io.membersync.enrichment.CaseDecision;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.enrichment.EnrichmentCase;
import io.membersync.enrichment.EnrichmentStatistics;
import io.membersync.enrichment.Enrichments;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host with enrichment, as docs/vipps.md shows it. */
final class EmbeddedHost {

    private final MemberSyncEngine engine;
    private final VippsEnrichment vipps;
    private final LoginFlow flow;

    EmbeddedHost(
            MemberSyncEngine engine, IdentityProfile profile, LoginClient client, Credentials.ApiKey callbackSecret) {
        this.engine = engine;
        // [attach]
        this.vipps = VippsEnrichment.on(engine, profile).expectingCallbacksWith(callbackSecret);
        // [end]
        this.flow = vipps.loginFlow(client);
    }

    void switchOn(Caller administrator, OrganizationId organization) {
        // [switch on]
        engine.as(administrator)
                .enrichments()
                .activate(new EnrichmentBasis(
                        organization,
                        "Certain identification of peer mentors",
                        "Agreement of 2026-03-01, § 4",
                        ZoneId.of("Europe/Oslo")));
        // [end]
    }

    EnrichmentAnswer loggedIn(MemberId member, String idToken, Map<String, Object> userinfo, String nonce) {
        // [report]
        EnrichmentAnswer answer = vipps.onLogin(Caller.host(), member, VippsLogin.of(idToken, userinfo), nonce);
        // [end]
        return answer;
    }

    // [without a client]
    LoginStart begin() {
        return flow.start(); // keep it in the member's session, and send the member to its location
    }

    Optional<EnrichmentAnswer> comeBack(MemberId member, LoginStart kept, Map<String, String> parameters) {
        LoginOutcome outcome = flow.finish(kept, parameters);
        return outcome instanceof LoginOutcome.Exchanged exchanged
                ? Optional.of(vipps.onLogin(Caller.host(), member, exchanged.login(), kept.nonce()))
                : Optional.empty();
    }
    // [end]

    void consentWithdrawn(Optional<String> authorizationHeader, byte[] body) {
        // [withdrawn]
        vipps.onConsentWithdrawn(Caller.host(), authorizationHeader, body);
        // [end]
    }

    long watched(Caller administrator, OrganizationId organization) {
        Enrichments enrichments = engine.as(administrator).enrichments();
        // [watch]
        EnrichmentStatistics numbers = enrichments.statistics(organization).orElseThrow();
        List<EnrichmentCase> cases =
                enrichments.cases(organization, Optional.empty(), 100).items();
        // [end]
        return numbers.enriched() + cases.size();
    }

    void left(Caller administrator, EnrichmentCase seen) {
        Enrichments enrichments = engine.as(administrator).enrichments();
        // [decide]
        enrichments.decide(seen, CaseDecision.LEAVE, "Checked: the registry is right");
        // [end]
    }
}
