package io.membersync.testkit.simulator.dataverse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes and reads the tokens in links. They hold escapes inside escapes, so that a client that encodes or decodes a link
 * once too often is told so.
 */
final class Links {

    private static final Pattern SKIP = Pattern.compile(
            "%3Ccookie%20pagenumber=%22(\\d+)%22%20pagingcookie=%22%253ccookie"
                    + "%2520page%253d%2522\\1%2522%253e([A-Za-z0-9_-]+)%253c%252fcookie%253e%22%20istracking=%22(True|False)%22%20/%3E");
    private static final Pattern DELTA =
            Pattern.compile("(\\d+)%21(\\d\\d)%2f(\\d\\d)%2f(\\d{4})%20(\\d\\d)%3a(\\d\\d)%3a(\\d\\d)");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "MM'%2f'dd'%2f'uuuu'%20'HH'%3a'mm'%3a'ss")
            .withZone(ZoneOffset.UTC);

    private Links() {}

    /** What a page token remembers. */
    record Place(int page, Optional<Long> since, long snapshot, String after, int pageSize, boolean tracking) {}

    /** What a delta token says. */
    record Since(long version, Instant at) {}

    static String skipToken(Place place) {
        String state = String.join(
                "|",
                place.since().map(String::valueOf).orElse(""),
                String.valueOf(place.snapshot()),
                place.after(),
                String.valueOf(place.pageSize()));
        String hidden = Base64.getUrlEncoder().withoutPadding().encodeToString(state.getBytes(StandardCharsets.UTF_8));
        return "%3Ccookie%20pagenumber=%22" + place.page() + "%22%20pagingcookie=%22%253ccookie%2520page%253d%2522"
                + place.page() + "%2522%253e" + hidden + "%253c%252fcookie%253e%22%20istracking=%22"
                + (place.tracking() ? "True" : "False") + "%22%20/%3E";
    }

    static Optional<Place> readSkipToken(String raw) {
        Matcher match = SKIP.matcher(raw);
        if (!match.matches()) {
            return Optional.empty();
        }
        String[] state =
                new String(Base64.getUrlDecoder().decode(match.group(2)), StandardCharsets.UTF_8).split("\\|", -1);
        Optional<Long> since = state[0].isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(state[0]));
        return Optional.of(new Place(
                Integer.parseInt(match.group(1)),
                since,
                Long.parseLong(state[1]),
                state[2],
                Integer.parseInt(state[3]),
                match.group(3).equals("True")));
    }

    static String deltaToken(Since since) {
        return since.version() + "%21" + STAMP.format(since.at());
    }

    static Optional<Since> readDeltaToken(String raw) {
        Matcher match = DELTA.matcher(raw);
        if (!match.matches()) {
            return Optional.empty();
        }
        String stamp = String.format(
                Locale.ROOT,
                "%s-%s-%sT%s:%s:%sZ",
                match.group(4),
                match.group(2),
                match.group(3),
                match.group(5),
                match.group(6),
                match.group(7));
        return Optional.of(new Since(Long.parseLong(match.group(1)), Instant.parse(stamp)));
    }

    /** {@return a query parameter exactly as it was sent} */
    static Optional<String> raw(String target, String name) {
        int question = target.indexOf('?');
        for (String pair :
                question < 0 ? new String[0] : target.substring(question + 1).split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(pair.substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }
}
