package io.membersync.examples.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.examples.host.demo.DemoHost;
import io.membersync.examples.host.web.Route.Call;
import io.membersync.examples.host.web.Visitor.Answer;
import io.membersync.model.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.bind.annotation.RequestMethod;

/** Tries every route that the application has: as a stranger, and as somebody else's administrator. */
class RoutesTest {

    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** What may be said to ids that do not belong together: also that the form is wrong, or overtaken. */
    private static final Set<Integer> REFUSALS = Set.of(OK, NOT_FOUND, 400, 409, 422);

    private static final Pattern INLINE = Pattern.compile(
            "<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]*\\ssrc=)|javascript:", Pattern.CASE_INSENSITIVE);

    /** What anybody may see: logging in, and the simulators' own page, which only the demo has. */
    private static final Set<String> PUBLIC = Set.of("/login", "/language");

    private static final Set<String> SIMULATORS = Set.of("/demo");

    private static final Set<String> STRANGERS = Set.of("kari", DemoHost.NOBODY);
    private static final int LATEST = 20;

    private static DemoHost host;
    private static List<Route> routes;
    private static List<Samples> samples;
    private static Visitor kari;
    private static Visitor nobody;
    private static Visitor ola;

    @BeforeAll
    static void gather() {
        host = DemoHost.shared();
        routes = Route.of(host);
        // Alerts are looked for twice a minute.
        samples = Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> Samples.all(host),
                        all -> all.stream().anyMatch(sample -> sample.ids().containsKey("alert")));
        kari = Visitor.of(host, "kari");
        nobody = Visitor.of(host, DemoHost.NOBODY);
        ola = Visitor.of(host, "ola");
    }

    @Test
    void thereIsASampleOfEverythingThatRoutesName() {
        Set<String> kinds = Set.copyOf(samples.stream()
                .flatMap(sample -> sample.ids().keySet().stream())
                .toList());

        assertThat(routes).hasSizeGreaterThan(10).allSatisfy(route -> {
            assertThat(kinds).as(route.key()).containsAll(route.names());
            assertThat(samples)
                    .as(route.key())
                    .anySatisfy(sample -> assertThat(route.call(sample.ids())).isPresent());
        });
    }

    @TestFactory
    Stream<DynamicTest> tellsNobodyOfOtherOrganizations() {
        return guarded()
                .filter(route -> !route.names().isEmpty())
                .map(route -> DynamicTest.dynamicTest(route.key(), () -> {
                    Samples own = samples.get(0);
                    for (Samples other : samples) {
                        Stranger stranger = new Stranger(nobody, other, other.marks());
                        stranger.tries(route, other.ids(), Set.of(OK, NOT_FOUND));
                        if (!other.equals(own)) {
                            Stranger neighbor = new Stranger(kari, other, other.marksBeside(own));
                            neighbor.tries(route, other.ids(), Set.of(OK, NOT_FOUND));
                            mixed(route, own, other).forEach(ids -> neighbor.tries(route, ids, REFUSALS));
                        }
                    }
                }));
    }

    /** Each foreign id alone among own ones. */
    private static List<Map<String, String>> mixed(Route route, Samples own, Samples other) {
        List<Map<String, String>> mixtures = new ArrayList<>();
        for (String name : route.names()) {
            Optional.ofNullable(other.ids().get(name)).ifPresent(foreign -> {
                Map<String, String> mixture = new HashMap<>(own.ids());
                mixture.put(name, foreign);
                mixtures.add(mixture);
            });
        }
        return mixtures;
    }

    /**
     * Somebody who asks for what is another organization's.
     *
     * @param visitor who
     * @param other whose it is
     * @param marks what the visitor may not learn
     */
    private record Stranger(Visitor visitor, Samples other, Set<String> marks) {

        void tries(Route route, Map<String, String> ids, Set<Integer> expected) {
            route.call(ids).ifPresent(call -> {
                List<AuditEntry> before = history(other);
                Answer answer = route.verb() == RequestMethod.GET
                        ? visitor.get(call.path())
                        : visitor.postAndFollow(call.path(), call.form());
                assertThat(answer.status()).as("%s", call).isIn(expected);
                assertThat(marks.stream().filter(mark -> !call.says(mark)).filter(answer.body()::contains))
                        .as("%s tells of %s", call, other.organization())
                        .isEmpty();
                assertThat(history(other)).as("%s did something", call).isEqualTo(before);
            });
        }
    }

    /** What these strangers have done there; syncs and alerts go on by themselves. */
    private static List<AuditEntry> history(Samples of) {
        MemberSync sync = host.bean(MemberSyncEngine.class).as(Caller.globalAdministrator("ola"));
        return sync.audit().find(AuditQuery.of(of.organization()).atMost(LATEST)).items().stream()
                .filter(entry -> STRANGERS.contains(entry.actor()))
                .toList();
    }

    private static Stream<Route> guarded() {
        return routes.stream()
                .filter(route -> !PUBLIC.contains(route.pattern()) && !SIMULATORS.contains(route.pattern()));
    }

    /** Without this, the answers to strangers would prove nothing. */
    @TestFactory
    Stream<DynamicTest> answersWhoMayAsk() {
        return routes.stream()
                .filter(route ->
                        route.verb() == RequestMethod.GET && !route.pattern().equals("/language"))
                .map(route -> DynamicTest.dynamicTest(
                        route.key(),
                        () -> assertThat(samples)
                                .flatMap(sample ->
                                        route.call(sample.ids()).stream().toList())
                                .anySatisfy(
                                        call -> assertThat(ola.get(call.path()).status())
                                                .as(call.path())
                                                .isEqualTo(OK))));
    }

    @TestFactory
    Stream<DynamicTest> sendsWhoHasNotLoggedInToTheLogin() {
        Visitor unknown = Visitor.unknown(host);
        return routes.stream()
                .filter(route -> !PUBLIC.contains(route.pattern()))
                .map(route -> DynamicTest.dynamicTest(route.key(), () -> {
                    Call call = Samples.anyCall(route, samples);
                    Answer answer = route.verb() == RequestMethod.GET
                            ? unknown.get(call.path())
                            : unknown.post(call.path(), call.form());
                    assertThat(answer.sendsTo("/login"))
                            .as("%s: %s", call, answer.status())
                            .isTrue();
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesPostsWithoutTheToken() {
        return routes.stream()
                .filter(route -> route.verb() == RequestMethod.POST)
                .map(route -> DynamicTest.dynamicTest(route.key(), () -> {
                    Call call = Samples.anyCall(route, samples);
                    assertThat(ola.postWithoutToken(call.path(), call.form()).status())
                            .isEqualTo(FORBIDDEN);
                }));
    }

    @TestFactory
    Stream<DynamicTest> letsBrowsersRunNothingOfAPage() {
        return Stream.concat(
                        routes.stream()
                                .filter(Route::isPage)
                                .map(route -> Samples.anyCall(route, samples).path()),
                        Stream.of("/integrations/none"))
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    Answer answer = ola.get(path);
                    assertThat(answer.header("Content-Security-Policy"))
                            .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                            .doesNotContain("unsafe");
                    assertThat(answer.isPage()).isTrue();
                    assertThat(INLINE.matcher(answer.body()).results().map(found -> found.group()))
                            .isEmpty();
                }));
    }
}
