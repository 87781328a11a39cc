package io.membersync.connector.consio;

import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.Page;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what changed since an instant: first who was deleted or merged, then who was changed, as they are now. Goes on
 * later from before the moment at which it began, so that nothing is missed and some of it comes twice. Safe for many
 * threads.
 */
final class ConsioChanges implements DeltaReader {

    private static final Pattern POSITION = Pattern.compile("since:(\\d{1,11})");
    private static final Pattern WALKING = Pattern.compile("since:(\\d{1,11}):then:(\\d{1,11}):at:(.{1,40})");
    // The list of deleted members forgets without a word, so the position expires a little before it does.
    private static final Duration MARGIN = Duration.ofDays(1);

    private final ConsioSession session;
    private final int pageSize;

    ConsioChanges(ConsioSession session, int pageSize) {
        this.session = session;
        this.pageSize = pageSize;
    }

    /** {@return the place from which everything is read that changed at an instant or later} */
    static Cursor position(Instant since) {
        return new Cursor("since:" + since.getEpochSecond());
    }

    @Override
    public Page read(Cursor after) {
        if (after.equals(Cursor.START)) {
            throw new IllegalArgumentException("Changes have no beginning: a full listing tells where to start");
        }
        ConsioSession.Opened opened = session.opened();
        if (!opened.webhooks()) {
            throw new RegistryException(Fault.REJECTED, ConsioSession.NO_WEBHOOKS);
        }
        ConsioApi api = opened.api();
        Matcher position = POSITION.matcher(after.text());
        if (position.matches()) {
            return deleted(api, instant(position, 1));
        }
        Matcher walking = WALKING.matcher(after.text());
        Optional<Place> place = walking.matches() ? Place.read(walking.group(3)) : Optional.empty();
        if (place.isEmpty()) {
            throw expired("The place among the changes was not made by this connector");
        }
        return changed(api, instant(walking, 1), instant(walking, 2), place.get());
    }

    private Page deleted(ConsioApi api, Instant since) {
        ConsioApi.Answered answered = api.deleted(since);
        Instant now = ConsioTimes.now(answered.answer());
        if (since.isBefore(now.minus(api.profile().deleted().kept()).plus(MARGIN))) {
            throw expired(api.what("GET", api.profile().paths().deleted())
                    + ": the registry may have forgotten who was deleted since the last sync");
        }
        return new Page(
                answered.envelope().records(),
                Optional.of(walking(since, api.times().mark(answered.answer()), Place.START)),
                Page.Ending.MORE,
                Optional.empty(),
                answered.answer().sentAt());
    }

    private Page changed(ConsioApi api, Instant since, Instant then, Place place) {
        ConsioWalk.Step step = new ConsioWalk(api, pageSize, Optional.of(since)).from(place);
        return new Page(
                step.records(),
                Optional.of(step.next().map(next -> walking(since, then, next)).orElseGet(() -> position(then))),
                step.next().isPresent() ? Page.Ending.MORE : Page.Ending.COMPLETE,
                Optional.empty(),
                step.answer().sentAt());
    }

    @Override
    public boolean asOfEvent() {
        return false;
    }

    private static Cursor walking(Instant since, Instant then, Place place) {
        return new Cursor("since:" + since.getEpochSecond() + ":then:" + then.getEpochSecond() + ":at:" + place.text());
    }

    private static Instant instant(Matcher matcher, int group) {
        return Instant.ofEpochSecond(Long.parseLong(matcher.group(group)));
    }

    private static RegistryException expired(String message) {
        return new RegistryException(Fault.CURSOR_EXPIRED, message + "; a full sync finds out");
    }
}
