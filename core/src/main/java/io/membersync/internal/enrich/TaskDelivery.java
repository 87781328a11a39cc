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
import io.membersync.model.IntegrationId;
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

    private static final Logger LOG = LoggerFactory.getLogger(TaskDelivery.class);

    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(30);
    private static final Duration UNTIL_CONFIGURED = Duration.ofMinutes(5);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final Duration LOGIN_LIFE = Duration.ofHours(1);
    private static final int MOST_REFUSALS = 12;

    private final IntegrationId integration;
    private final NationalIdWriter writer;
    private final Map<String, LoginProvider> providers;
    private final TaskNotes notes;
    private final Vault vault;
    private final InstantSource time;

    TaskDelivery(
            IntegrationId integration,
            NationalIdWriter writer,
            Map<String, LoginProvider> providers,
            TaskNotes notes,
            Vault vault,
            InstantSource time) {
        this.integration = integration;
        this.writer = writer;
        this.providers = providers;
        this.notes = notes;
        this.vault = vault;
        this.time = time;
    }

    /**
     * Carries a task out.
     *
     * @return how long the whole integration is to wait; empty when it may go on
     */
    Optional<Duration> carryOut(EnrichmentTask task) {
        Optional<Begun> begun = notes.begin(task);
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        if (begun.get().task().state() == EnrichmentState.UNVERIFIED) {
            return verify(begun.get()).flatMap(this::carryOut);
        }
        return write(begun.get());
    }

    private Optional<EnrichmentTask> verify(Begun begun) {
        EnrichmentTask task = begun.task();
        Instant now = time.instant();
        boolean last = now.isAfter(task.progress().takenAt().plus(LOGIN_LIFE));
        Optional<LoginFinding> found = last ? Optional.empty() : finding(task);
        if (found.isEmpty()) {
            if (last) {
                notes.left(begun, EnrichmentState.FAILED, reason(LoginFault.TOO_LATE));
            } else {
                notes.later(begun, "The login provider could not be asked", now.plus(ASK_AGAIN), true);
            }
            return Optional.empty();
        }
        if (found.get() instanceof LoginFinding.Verified verified) {
            return notes.verified(begun, verified);
        } else if (found.get() instanceof LoginFinding.Refused refused) {
            notes.left(begun, EnrichmentState.FAILED, reason(refused.fault()));
        } else {
            notes.broughtNothing(begun);
        }
        return Optional.empty();
    }

    private Optional<LoginFinding> finding(EnrichmentTask task) {
        LoginProvider provider = providers.get(task.provider());
        if (provider == null) {
            LOG.warn("A login waits: no provider '{}' is attached to the engine", task.provider());
            return Optional.empty();
        }
        try {
            return Optional.of(
                    provider.finish(vault.login(task), task.progress().takenAt()));
        } catch (RegistryException unasked) {
            LOG.warn("The login provider '{}' could not be asked: {}", task.provider(), unasked.fault());
            return Optional.empty();
        }
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
        LOG.warn("A personnummer could not be written to {}: {}", integration, fault);
        if (fault == Fault.CREDENTIALS || fault == Fault.ENDPOINT) {
            notes.later(begun, fault.advice(), now.plus(UNTIL_CONFIGURED), false);
            return Optional.of(UNTIL_CONFIGURED);
        } else if (fault == Fault.CHANGED_MEANWHILE) {
            notes.later(begun, fault.advice(), now.plus(ASK_AGAIN), true);
            return Optional.empty();
        } else if (fault.passing()) {
            // A single lost answer is no outage yet.
            Duration least = begun.task().progress().attempts() == 1 ? ASK_AGAIN : AFTER_OUTAGE;
            Duration asked = failed.retryAfter().orElse(least);
            Duration wait = asked.compareTo(least) > 0 ? asked : least;
            notes.later(begun, fault.advice(), now.plus(wait), true);
            return Optional.of(wait);
        }
        if (begun.task().progress().attempts() >= MOST_REFUSALS) {
            notes.left(begun, EnrichmentState.FAILED, fault.advice());
        } else {
            notes.later(begun, fault.advice(), begun.task().progress().nextTryAt(), true);
        }
        return Optional.empty();
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
