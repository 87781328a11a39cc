package io.membersync.testkit.simulator.consio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.internal.RequestQuota;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.Site;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole contract: which request goes where, and who may make it. Threads: safe for many threads. */
final class ConsioSite implements Site {

    static final String BASE = "/rest/v2";
    static final String INFO = "GET /info";
    static final String MEMBERS = "GET /medlemmer";
    static final String DELETED = "GET /medlemmer/slettede";
    static final String MEMBER = "GET /medlemmer/{id}";
    static final String PUT_MEMBER = "PUT /medlemmer/{id}";
    static final String NATIONAL_ID = "POST /medlemmer/{id}/personnr";

    private static final Pattern WITH_ID = Pattern.compile("/medlemmer/([^/]+)(/personnr)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,18}");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final ConsioSettings settings;
    private final ConsioRegister register;
    private final ConsioKeys keys;
    private final ConsioWatch watch;
    private final ConsioReading reading;
    private final ConsioWriting writing;

    ConsioSite(ConsioSettings settings, ConsioRegister register, ConsioKeys keys, ConsioWatch watch) {
        this.settings = settings;
        this.register = register;
        this.keys = keys;
        this.watch = watch;
        this.reading = new ConsioReading(register, settings.bareDeletedList());
        this.writing = new ConsioWriting(register, settings, watch);
    }

    @Override
    public String route(SimulatedRequest request) {
        return request.method() + " " + template(request.path());
    }

    private static String template(String path) {
        if (!path.startsWith(BASE + "/")) {
            return "?";
        }
        String rest = path.substring(BASE.length());
        if (rest.equals("/info") || rest.equals("/medlemmer") || rest.equals("/medlemmer/slettede")) {
            return rest;
        }
        Matcher withId = WITH_ID.matcher(rest);
        if (!withId.matches()) {
            return "?";
        }
        return withId.group(2) == null ? "/medlemmer/{id}" : "/medlemmer/{id}/personnr";
    }

    @Override
    public Answer answer(SimulatedRequest request) {
        Instant now = register.now();
        Answer answer = template(request.path()).equals("?")
                ? Answer.of(404, "text/html; charset=utf-8", "<html><body><h1>404 Ikke funnet</h1></body></html>")
                : limited(request, now);
        return answer.with("Date", ZonedDateTime.ofInstant(now, ZoneOffset.UTC).format(HTTP_DATE));
    }

    private Answer limited(SimulatedRequest request, Instant now) {
        watch.look(route(request), request);
        Optional<Answer> refusal = keys.refusal(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (settings.quota().isEmpty()) {
            return admitted(request);
        }
        RequestQuota.Left left = settings.quota().get().use("", now);
        Answer answer = left.exceeded()
                ? settings.paused(Envelope.failed(429, "FOR_MANGE_KALL", "Vent litt.", ""), left)
                : admitted(request);
        return answer.with("X-RateLimit-Limit", Integer.toString(left.requests()))
                .with("X-RateLimit-Remaining", Integer.toString(Math.max(0, left.remaining())))
                .with("X-RateLimit-Reset", Long.toString(now.getEpochSecond() + left.resetSeconds()));
    }

    private Answer admitted(SimulatedRequest request) {
        String route = route(request);
        String version = request.query().getOrDefault("version", "");
        if (version.isEmpty()) {
            return Envelope.failed(400, "MANGLER_VERSJON", "Oppgi version.", "version");
        }
        if (route.equals(INFO)) {
            return info();
        }
        if (!version.equals(settings.apiVersion())) {
            return Envelope.failed(400, "UKJENT_VERSJON", "Versjonen støttes ikke.", "version");
        }
        return switch (route) {
            case MEMBERS -> reading.members(request);
            case DELETED -> reading.deleted(request);
            default -> ofMember(route, request);
        };
    }

    private Answer ofMember(String route, SimulatedRequest request) {
        Matcher withId = WITH_ID.matcher(request.path().substring(BASE.length()));
        if (!withId.matches() || !WHOLE_NUMBER.matcher(withId.group(1)).matches()) {
            return ConsioReading.unknownMember();
        }
        long id = Long.parseLong(withId.group(1));
        return switch (route) {
            case MEMBER -> reading.member(id);
            case PUT_MEMBER -> writing.put(id, request);
            case NATIONAL_ID -> writing.putNationalId(id, request);
            default -> Envelope.failed(405, "UKJENT_METODE", "Metoden støttes ikke.", "");
        };
    }

    private Answer info() {
        ObjectNode data = MemberJson.object();
        data.putObject("organisasjon").put("id", settings.organizationId()).put("navn", settings.organizationName());
        data.put("apiVersjon", settings.apiVersion()).put("nokkelNavn", "sync").put("nokkelUtloper", "2027-01-01");
        settings.webhooks().ifPresent(on -> data.put("webhooks", on));
        return Envelope.ok(data);
    }
}
