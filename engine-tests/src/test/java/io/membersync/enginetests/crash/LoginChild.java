package io.membersync.enginetests.crash;

import io.membersync.MemberSyncEngine;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import io.membersync.vipps.IdentityProfile;
import io.membersync.vipps.VippsEnrichment;
import io.membersync.vipps.VippsLogin;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A host in a process of its own, to be killed, to which members log in one after the other. */
final class LoginChild {

    static final String NONCE = "nonce-of-this-login";

    private LoginChild() {}

    /**
     * Runs the host: tells each login that it took in a line, and stays until it is killed or its input ends.
     *
     * @param arguments the database's address and user, the provider's origin and client, a file of {@link Login}s
     * @throws IOException when the file or standard input fails
     */
    public static void main(String[] arguments) throws IOException {
        HostDatabase database = new HostDatabase(arguments[0], arguments[1]);
        PrintStream out = System.out;
        try (HostDatabase.Opened opened = database.open();
                MemberSyncEngine engine = TestSync.engine(opened.storage()).build()) {
            VippsEnrichment enrichment = attached(engine, URI.create(arguments[2]), arguments[3]);
            engine.start();
            for (String line : Files.readAllLines(Path.of(arguments[4]))) {
                Login login = Login.read(line);
                EnrichmentAnswer answer = login.reportTo(enrichment);
                out.print("> " + answer.getClass().getSimpleName() + " " + login.member() + "\n");
                out.flush();
            }
            while (System.in.read() >= 0) {
                // Nothing is said; the end of input ends the host.
            }
        }
    }

    static VippsEnrichment attached(MemberSyncEngine engine, URI origin, String client) {
        return VippsEnrichment.on(engine, IdentityProfile.vippsAt(origin, client));
    }

    /**
     * A login as the host got it.
     *
     * @param member who logged in
     * @param fetched whether the host has fetched the user information
     * @param idToken the ID token
     * @param accessToken the access token
     * @param subject what the provider calls the person
     * @param number the number in the user information
     */
    record Login(String member, boolean fetched, String idToken, String accessToken, String subject, String number) {

        static Login read(String line) {
            String[] words = line.split(" ", -1);
            return new Login(words[0], Boolean.parseBoolean(words[1]), words[2], words[3], words[4], words[5]);
        }

        String written() {
            return String.join(" ", member, String.valueOf(fetched), idToken, accessToken, subject, number);
        }

        EnrichmentAnswer reportTo(VippsEnrichment enrichment) {
            VippsLogin login = fetched
                    ? VippsLogin.of(idToken, Map.of("sub", subject, "nin", number))
                    : VippsLogin.of(idToken, accessToken);
            return enrichment.onLogin(Caller.host(), MemberId.of(member), login, NONCE);
        }
    }
}
