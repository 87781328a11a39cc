package io.membersync.examples.host.demo;

import io.membersync.examples.host.members.Members;
import io.membersync.model.Caller;
import io.membersync.testkit.simulator.SyntheticNationalId;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.cornerstone.SimulatedMember;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import io.membersync.testkit.simulator.vipps.VippsSimulator;
import io.membersync.vipps.VippsEnrichment;
import io.membersync.vipps.VippsLogin;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Lets some members of the mountain club log in with Vipps. */
@Component
@Profile("demo")
class DemoLogins {

    private static final int SOME = 9;
    private static final String NONCE = "of-the-demo";

    private final CornerstoneSimulator registry;
    private final VippsSimulator vipps;
    private final VippsEnrichment enrichment;
    private final Members members;

    DemoLogins(CornerstoneSimulator registry, VippsSimulator vipps, VippsEnrichment enrichment, Members members) {
        this.registry = registry;
        this.vipps = vipps;
        this.enrichment = enrichment;
        this.members = members;
    }

    /** Reports their logins, which are worked on beside the story. */
    void happen() {
        List<SimulatedMember> lacking = registry.members()
                .filter(member -> member.text("/hasNin").orElse("").equals("false"))
                .filter(member -> member.text("/person/birthDate").isPresent()
                        && member.text("/memberNumber").isPresent()
                        && !member.text("/person/lastName").orElse("").equals(DemoStory.VISITOR))
                .limit(SOME)
                .toList();
        for (int i = 0; i < lacking.size(); i++) {
            SimulatedMember member = lacking.get(i);
            LocalDate birth = LocalDate.parse(member.text("/person/birthDate").orElseThrow());
            logIn(member, SyntheticNationalId.of(birth, i % 2 == 0, i + 1));
        }
    }

    private void logIn(SimulatedMember member, String number) {
        IssuedLogin login = vipps.logIn(VippsPerson.with(number), NONCE, TokenFault.NONE);
        members.search(
                        DemoRegistries.KARI,
                        Optional.empty(),
                        member.text("/memberNumber").orElseThrow(),
                        1)
                .forEach(found -> enrichment.onLogin(
                        Caller.host(), found.id(), VippsLogin.of(login.idToken(), login.accessToken()), NONCE));
    }
}
