package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentAnswer.Why;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the guide's code the same as the code that is compiled here, and runs it. */
class GuideTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// \\[[a-z ]+]\n(.*?)[ ]*// \\[end]", Pattern.DOTALL);
    private static final Path HOST = Path.of("src/test/java/io/membersync/vipps/EmbeddedHost.java");

    @Test
    void showsNoJavaButWhatIsCompiledHere() throws IOException {
        List<String> compiled = REGION.matcher(Files.readString(HOST))
                .results()
                .map(region -> region.group(1).stripTrailing().stripIndent() + "\n")
                .toList();

        assertThat(BLOCK.matcher(Files.readString(Path.of("../docs/vipps.md")))
                        .results()
                        .map(block -> block.group(1)))
                .hasSizeGreaterThan(5)
                .containsExactlyElementsOf(compiled);
    }

    @Test
    void itsHostWorks() {
        try (World world = new World(new InMemoryStorage())) {
            EmbeddedHost host = new EmbeddedHost(
                    world.engine.engine(),
                    IdentityProfile.vippsAt(world.vipps.origin(), world.vipps.clientId()),
                    new LoginClient(
                            new Credentials.ApiKey(world.vipps.clientSecret()),
                            LoginClient.Authentication.BASIC,
                            world.vipps.redirect(),
                            List.of("openid", "nin")),
                    new Credentials.ApiKey("agreed"));
            String record = world.without().get(0);
            VippsPerson person = VippsPerson.with("10915596784");
            IssuedLogin login = world.vipps.logIn(person, World.NONCE, TokenFault.NONE);
            Map<String, Object> userinfo = World.Json.object(login.userinfo());
            world.engine.tick();
            assertThat(host.loggedIn(world.member(record), login.idToken(), userinfo, World.NONCE))
                    .isEqualTo(new EnrichmentAnswer.NothingToDo(Why.SWITCHED_OFF));

            host.switchOn(Caller.organizationAdministrator("Kari", World.US), World.US);
            assertThat(host.loggedIn(world.member(record), login.idToken(), userinfo, World.NONCE))
                    .isEqualTo(new EnrichmentAnswer.Queued(1));
            host.consentWithdrawn(Optional.of("Bearer not-agreed"), world.vipps.consentWithdrawn(person.subject()));
            world.untilStateOf(record, EnrichmentState.STORED);
            assertThat(host.watched(Caller.host(), World.US)).isEqualTo(1);
            assertThat(host.comeBack(world.member(record), host.begin(), Map.of("error", "access_denied")))
                    .isEmpty();
        }
    }
}
