package io.membersync.internal.pipeline;

import io.membersync.conflict.Decision;
import io.membersync.conflict.Verdict;
import io.membersync.diff.AgreedPair;
import io.membersync.diff.Difference;
import io.membersync.diff.FieldDiff;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxEntry.Delivery;
import io.membersync.outbox.OutboxEntry.Returns;
import io.membersync.outbox.OutboxState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What goes out of one member's fields. Only what the app itself said goes out: the move of an announced edit, or what
 * has been decided to go out before. The agreement stays as it is until the registry has stored the value, so that what
 * could not be sent is decided again.
 */
final class OutgoingFields {

    private static final int MOST_RETURNS = 5;
    private static final Duration WINDOW = Duration.ofDays(1);

    /**
     * Whose fields these are.
     *
     * @param integration the integration
     * @param externalId the registry's id
     * @param member the host's member
     * @param edited whether an edit of the app's was announced
     * @param announced fields whose values were announced before, and have been in conflict since
     * @param now the time of the plan
     */
    record Whose(
            IntegrationId integration,
            ExternalId externalId,
            MemberId member,
            boolean edited,
            Set<MemberField> announced,
            Instant now) {}

    private final Whose whose;
    private final Map<MemberField, OutboxEntry> entries;

    OutgoingFields(Whose whose, Map<MemberField, OutboxEntry> entries) {
        this.whose = whose;
        this.entries = new HashMap<>(entries);
    }

    /** What goes out by now, and what was delivered lately. */
    Map<MemberField, OutboxEntry> entries() {
        return entries;
    }

    /**
     * The last agreement, brought up to date where the registry's word is the echo of what was sent to it. A registry
     * that never spoke of the field has nothing there.
     */
    Optional<AgreedPair> agreed(MemberField field, Optional<AgreedPair> agreed, Optional<FieldValue> said) {
        Optional<FieldValue> sent =
                open(field).flatMap(entry -> entry.delivery().sent());
        if (sent.isPresent() && said.isPresent() && Echo.of(field, sent.get(), said.get())) {
            return Optional.of(AgreedPair.delivered(field, agreed.orElse(null), sent.get(), said.get()));
        }
        boolean neverSpokenOf = agreed.isEmpty() && said.isEmpty();
        return neverSpokenOf ? Optional.of(AgreedPair.together(FieldValue.nothing(), FieldValue.nothing())) : agreed;
    }

    /** Takes a decision into account, and gives it as far as it is news. */
    Decision follow(Decision decision) {
        MemberField field = decision.diff().field();
        return switch (decision.verdict()) {
            case SEND_APP -> sent(decision);
            case NOTHING, AGREE -> {
                open(field).ifPresent(entry -> settle(entry, decision.diff().app()));
                yield decision;
            }
            case TAKE_REGISTRY, KEEP_APP, REVIEW -> {
                open(field).ifPresent(entry -> entries.remove(field));
                yield decision;
            }
        };
    }

    /** Takes a decision into account where nothing of the field may go out, whatever was decided before. */
    Decision withhold(Decision decision) {
        open(decision.diff().field()).ifPresent(entry -> entries.remove(entry.field()));
        return decision.verdict() == Verdict.SEND_APP
                ? instead(decision, Verdict.NOTHING, "The member's address is protected: contact details do not go out")
                : decision;
    }

    /** Whatever was sent before may have arrived, so the delivery has to look; else there is nothing to send. */
    private void settle(OutboxEntry entry, FieldValue app) {
        if (entry.delivery().sent().isEmpty()) {
            entries.remove(entry.field());
        } else if (!entry.value().equals(app)) {
            entries.put(entry.field(), renewed(entry, app, entry.registry()));
        }
    }

    private Decision sent(Decision decision) {
        FieldDiff diff = decision.diff();
        Optional<OutboxEntry> open = open(diff.field());
        boolean onlyRegistryMoved = diff.difference() == Difference.REGISTRY_MOVED;
        if (onlyRegistryMoved ? diff.apart() : !appsOwn(diff.field())) {
            return diff.difference() == Difference.APP_MOVED
                    ? instead(decision, Verdict.NOTHING, "The app's value differs and was not announced as an edit")
                    : instead(decision, Verdict.KEEP_APP, "The app's value is kept and is not the app's own to send");
        }
        if (open.isEmpty()) {
            entries.put(diff.field(), entry(diff));
        } else if (!open.get().value().equals(diff.app())) {
            entries.put(diff.field(), renewed(open.get(), diff.app(), diff.registry()));
        } else {
            entries.put(diff.field(), open.get().with(diff.app(), diff.registry()));
            return instead(decision, Verdict.NOTHING, "The app's value is on its way to the registry");
        }
        return decision;
    }

    /** Whether the app itself said what it holds. */
    boolean appsOwn(MemberField field) {
        return whose.edited()
                || whose.announced().contains(field)
                || open(field).isPresent();
    }

    /** Sends a value that a person decided on. */
    void send(FieldDiff diff) {
        Optional<OutboxEntry> open = open(diff.field());
        entries.put(diff.field(), open.isPresent() ? renewed(open.get(), diff.app(), diff.registry()) : entry(diff));
    }

    /** Sends nothing after all. */
    void withdraw(MemberField field) {
        open(field).ifPresent(entry -> entries.remove(field));
    }

    private OutboxEntry entry(FieldDiff diff) {
        Optional<OutboxEntry> before = Optional.ofNullable(entries.get(diff.field()));
        Returns returns = before.map(delivered -> returns(delivered, diff)).orElse(new Returns(0, whose.now()));
        boolean parked = returns.count() >= MOST_RETURNS;
        Delivery delivery = Delivery.due(whose.now());
        return new OutboxEntry(
                whose.integration(),
                whose.externalId(),
                whose.member(),
                diff.field(),
                diff.app(),
                diff.registry(),
                parked ? OutboxState.PARKED : OutboxState.PENDING,
                parked ? because("The registry has changed it back " + returns.count() + " times in a day") : delivery,
                returns,
                before.map(OutboxEntry::revision).orElse(0L));
    }

    private Delivery because(String reason) {
        return new Delivery(whose.now(), 0, whose.now(), Optional.empty(), Optional.of(reason));
    }

    private Returns returns(OutboxEntry delivered, FieldDiff diff) {
        Returns before = delivered.returns();
        if (before.since().plus(WINDOW).isBefore(whose.now())) {
            before = new Returns(0, whose.now());
        }
        boolean changedBack = !diff.field().same(delivered.registry(), diff.registry());
        return changedBack ? new Returns(before.count() + 1, before.since()) : before;
    }

    /** A newer value in place of one that was not delivered. */
    private OutboxEntry renewed(OutboxEntry entry, FieldValue app, FieldValue registry) {
        OutboxEntry changed = entry.with(app, registry);
        if (entry.state() == OutboxState.PARKED) {
            return changed;
        }
        return changed.in(
                OutboxState.PENDING,
                new Delivery(whose.now(), 0, whose.now(), entry.delivery().sent(), Optional.empty()));
    }

    private Optional<OutboxEntry> open(MemberField field) {
        return Optional.ofNullable(entries.get(field)).filter(OutboxEntry::open);
    }

    private static Decision instead(Decision decision, Verdict verdict, String why) {
        return new Decision(decision.diff(), verdict, decision.rule(), why);
    }
}
