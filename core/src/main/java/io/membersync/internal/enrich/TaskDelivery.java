package io.membersync.internal.enrich;

import io.membersync.connector.NationalIdReceipt;
import io.membersync.connector.NationalIdWrite;
import io.membersync.connector.NationalIdWriter;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.enrichment.LoginFault;
import io.membersync.enrichment.LoginFinding;
import io.membersync.enrichment.LoginProvider;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.internal.enrich.TaskNotes.Begun;
import io.membersync.model.MemberId;
import io.membersync.model.NationalIdCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one integration's enrichments out, one at a time: verifies what is open, writes, notes. For one thread. */
final class TaskDelivery {

    /** Why a login is dropped that is too old. */
    static final String TOO_LATE = reason(LoginFault.TOO_LATE);

    private static final Logger LOG = LoggerFactory.getLogger(TaskDelivery.class);

    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(30);
    private static final Duration UNTIL_CONFIGURED = Duration.ofMinutes(5);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final Duration LOGIN_LIFE = Duration.ofHours(1);
    private static final int MOST_REFUSALS = 12;

    private final Failures failures;
    private final NationalIdWriter writer;
    private final Map<String, LoginProvider> providers;
    private final TaskNotes notes;
    private final Vault vault;
    private final InstantSource time;

    TaskDelivery(
            Failures failures,
            NationalIdWriter writer,
            Map<String, LoginProvider> providers,
            TaskNotes notes,
            Vault vault,
            InstantSource time) {
        this.failures = failures;
        this.writer = writer;
        this.providers = providers;
        this.notes = notes;
        this.vault = vault;
        this.time = time;
    }

    /** Verifies a login that is open. */
    void verify(EnrichmentTask login) {
        if (late(login, time.instant())) {
            notes.refused(login, Optional.empty(), TOO_LATE);
        } else {
            notes.begin(login).ifPresent(this::verify);
        }
    }

    /** {@return whether a login is too old to be believed} */
    static boolean late(EnrichmentTask login, Instant now) {
        return now.isAfter(login.progress().takenAt().plus(LOGIN_LIFE));
    }

    private void verify(Begun begun) {
        try {
            LoginFinding found = finding(begun.task());
            if (found instanceof LoginFinding.Verified verified) {
                notes.verified(begun, verified);
            } else if (found instanceof LoginFinding.Refused refused) {
                notes.refused(begun.task(), Optional.of(begun.record()), reason(refused.fault()));
            } else {
                notes.broughtNothing(begun);
            }
        } catch (RegistryException unasked) {
            String provider = begun.task().provider();
            LOG.warn("The login provider '{}' could not be asked: {}", provider, unasked.fault());
            Duration wait = longer(unasked.retryAfter().orElse(ASK_AGAIN), ASK_AGAIN);
            notes.later(
                    begun,
                    "The login provider could not be asked",
                    time.instant().plus(wait),
                    true);
        }
    }

    private LoginFinding finding(EnrichmentTask login) {
        LoginProvider provider = providers.get(login.provider());
        if (provider == null) {
            throw new RegistryException(Fault.ENDPOINT, "No such provider is attached to the engine");
        }
        return provider.finish(vault.login(login), login.progress().takenAt());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * Writes a number.
     *
     * @return how long the whole integration is to wait; empty when it may go on
     */
    Optional<Duration> write(EnrichmentTask task) {
        return notes.begin(task).flatMap(this::write);
    }

    private static String reason(LoginFault fault) {
        return "The login is not believed: " + fault;
    }

    private Optional<Duration> write(Begun begun) {
        EnrichmentTask task = begun.task();
        NationalIdCheck.Valid number = vault.number(task);
        if (notes.shared(begun, number.id())) {
            notes.left(begun, EnrichmentState.TO_REVIEW, "Another member brought the same personnummer");
            return Optional.empty();
        }
        NationalIdReceipt receipt;
        try {
            receipt = writer.write(new NationalIdWrite(
                    begun.record(),
                    number.id(),
                    task.provider(),
                    task.progress().takenAt(),
                    key(begun)));
        } catch (RegistryException failed) {
            return failed(begun, failed);
        }
        take(begun, number.kind(), receipt);
        return Optional.empty();
    }

    private void take(Begun begun, NationalIdCheck.Kind kind, NationalIdReceipt receipt) {
        failures.succeeded(begun.task().member());
        switch (receipt) {
            case STORED -> notes.delivered(begun, kind, true);
            case CONFIRMED -> notes.delivered(begun, kind, false);
            case HELD_ANOTHER -> notes.left(begun, EnrichmentState.TO_REVIEW, difference(begun, kind));
            case NOT_PERMITTED ->
                notes.left(begun, EnrichmentState.FAILED, "The registry may not keep a personnummer of this member");
            case INVALID ->
                notes.left(begun, EnrichmentState.FAILED, "The registry does not take the personnummer for valid");
            case NO_LONGER_THERE ->
                notes.left(begun, EnrichmentState.FAILED, "The registry no longer has the member's record");
        }
    }

    private static String difference(Begun begun, NationalIdCheck.Kind kind) {
        boolean replaced = kind == NationalIdCheck.Kind.BIRTH
                && begun.task()
                        .contents()
                        .held()
                        .filter(held -> held == NationalIdCheck.Kind.D)
                        .isPresent();
        return replaced
                ? "The registry holds the D-number that this birth number seems to replace"
                : "The registry holds another personnummer";
    }

    private Optional<Duration> failed(Begun begun, RegistryException failed) {
        Instant now = time.instant();
        Fault fault = failed.fault();
        LOG.warn("A personnummer could not be written to {}: {}", begun.task().integration(), fault);
        if (fault == Fault.CHANGED_MEANWHILE) {
            notes.later(begun, fault.advice(), now.plus(ASK_AGAIN), true);
        } else if (fault == Fault.CREDENTIALS || fault == Fault.ENDPOINT) {
            return postponed(begun, failed, UNTIL_CONFIGURED, false);
        } else if (fault.passing()) {
            // A single lost answer is no outage yet.
            Duration least = begun.task().progress().attempts() == 1 ? ASK_AGAIN : AFTER_OUTAGE;
            return postponed(begun, failed, longer(failed.retryAfter().orElse(least), least), true);
        } else if (begun.task().progress().attempts() >= MOST_REFUSALS) {
            notes.left(begun, EnrichmentState.FAILED, fault.advice());
        } else {
            notes.later(begun, fault.advice(), begun.task().progress().nextTryAt(), true);
        }
        return Optional.empty();
    }

    /** What fails for one member alone keeps nobody else waiting, and becomes a case in the end. */
    private Optional<Duration> postponed(Begun begun, RegistryException failed, Duration wait, boolean counts) {
        MemberId member = begun.task().member();
        boolean everybody = failures.failed(member);
        if (failures.alone(member) >= MOST_REFUSALS) {
            failures.forget(member);
            notes.left(begun, EnrichmentState.FAILED, failed.fault().advice());
            return Optional.empty();
        }
        notes.later(begun, failed.fault().advice(), time.instant().plus(wait), counts);
        return everybody || failed.retryAfter().isPresent() ? Optional.of(wait) : Optional.empty();
    }

    /** The name of the write: the same whenever the same number of the same login is sent to the same record. */
    private String key(Begun begun) {
        EnrichmentTask task = begun.task();
        String text = String.join(
                "\n",
                task.integration().value(),
                task.member().value(),
                begun.record().value(),
                task.contents().number().orElseThrow(),
                task.progress().takenAt().toString());
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
