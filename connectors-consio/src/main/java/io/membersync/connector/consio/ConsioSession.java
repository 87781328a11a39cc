package io.membersync.connector.consio;

import io.membersync.connector.Abilities;
import io.membersync.connector.Abilities.IdOrder;
import io.membersync.connector.ConnectionReport;
import io.membersync.fault.RegistryException;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.internal.json.JsonObject;
import io.membersync.mapping.RawValue;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the registry said of itself: its version and the organization's plan. Asked for before anything else, once for
 * each connector. Safe for many threads.
 */
final class ConsioSession {

    static final String NO_WEBHOOKS =
            "The organization's Consio plan has no webhooks, so changes come with the nightly full sync alone.";

    private final ConsioVersions versions;
    private final ConsioSettings settings;
    private final ConsioCalls calls;
    private volatile @Nullable Opened opened;

    ConsioSession(ConsioVersions versions, ConsioSettings settings, ConsioCalls calls) {
        this.versions = versions;
        this.settings = settings;
        this.calls = calls;
    }

    /** What came of asking: {@link Opened} or {@link Refused}. */
    private sealed interface Asked {}

    /**
     * What the registry said.
     *
     * @param name the organization's name
     * @param api the interface in the version that it speaks
     * @param webhooks whether the organization's plan has them
     */
    record Opened(String name, ConsioApi api, boolean webhooks) implements Asked {}

    /** Why the registry cannot be used, and what to do where that is certain. */
    private record Refused(RegistryException failure, Optional<String> advice) implements Asked {}

    /**
     * Gives what the registry said, asking it where that was not done yet.
     *
     * @throws RegistryException when it cannot be asked, refuses, or speaks a version that is not known
     */
    Opened opened() {
        Opened known = opened;
        if (known != null) {
            return known;
        }
        Asked asked = ask(false);
        if (asked instanceof Refused refused) {
            throw refused.failure();
        }
        return (Opened) asked;
    }

    /**
     * {@return what can be done} What the registry cannot be asked about now is not denied: reading it then fails for the
     * reason that there is.
     */
    Abilities abilities() {
        Opened known = opened;
        if (known == null && ask(true) instanceof Opened found) {
            known = found;
        }
        return abilities(known == null || known.webhooks());
    }

    /** {@return whether webhooks may come, without asking: only what the registry has said already denies it} */
    boolean mayHaveWebhooks() {
        Opened known = opened;
        return known == null || known.webhooks();
    }

    private Abilities abilities(boolean webhooks) {
        return new Abilities(
                IdOrder.WHOLE_NUMBER,
                false,
                webhooks ? Optional.empty() : Optional.of(NO_WEBHOOKS),
                webhooks ? Optional.empty() : Optional.of(NO_WEBHOOKS),
                Optional.empty(),
                settings.pageSize());
    }

    /** Asks once and judges what comes back. */
    ConnectionReport test() {
        Asked asked = ask(true);
        if (asked instanceof Opened found) {
            return new ConnectionReport.Connected(
                    found.name(),
                    OptionalLong.empty(),
                    Optional.of(found.api().profile().version()),
                    abilities(found.webhooks()));
        }
        Refused refused = (Refused) asked;
        RegistryException failure = refused.failure();
        return refused.advice()
                .map(advice ->
                        new ConnectionReport.Failed(failure.fault(), String.valueOf(failure.getMessage()), advice))
                .orElseGet(() -> ConnectionReport.Failed.of(failure));
    }

    private Asked ask(boolean once) {
        ConsioApi api = new ConsioApi(versions, versions.newest(), calls);
        Asked asked;
        try {
            asked = judged(api, api.info(once));
        } catch (RegistryException failure) {
            asked = new Refused(failure, Optional.empty());
        }
        if (asked instanceof Opened found) {
            opened = found;
        }
        return asked;
    }

    private Asked judged(ConsioApi api, ConsioApi.Answered answered) {
        String what = api.what("GET", api.profile().paths().info());
        ConsioErrors errors = api.errors();
        if (!errors.isFine(answered.answer(), answered.envelope())) {
            RegistryException failure = errors.failure(what, answered.answer(), answered.envelope());
            return new Refused(failure, errors.advice(answered.envelope()));
        }
        ConsioProfile.InfoNames names = api.profile().info();
        JsonObject info = JsonAnswer.object(answered.answer().body()).orElseThrow();
        Optional<String> name = info.text(names.name()).filter(text -> !text.isBlank());
        Optional<String> version = info.text(names.version());
        if (name.isEmpty() || version.isEmpty()) {
            return new Refused(JsonAnswer.unreadable(what, "is not of the registry's shape"), Optional.empty());
        }
        Optional<ConsioProfile> spoken = versions.find(version.get());
        if (spoken.isEmpty()) {
            return new Refused(versions.unknown(what, version.get()), Optional.of(versions.advice(version.get())));
        }
        boolean webhooks = info.read(names.webhooks()) instanceof RawValue.Bool told ? told.on() : settings.webhooks();
        return new Opened(name.get(), new ConsioApi(versions, spoken.get(), calls), webhooks);
    }
}
