package io.membersync.setup;

import io.membersync.model.IntegrationId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is done of setting an integration up, and what comes next. Immutable.
 *
 * @param integration the integration
 * @param steps every step, in the order in which they are best taken
 */
public record Checklist(IntegrationId integration, List<Step> steps) {

    /** What there is to do. */
    public enum Item {
        /** To choose a member system. */
        SYSTEM,
        /** To set credentials. */
        CREDENTIALS,
        /** To reach the registry with them. */
        CONNECTION,
        /** To choose when it is synchronized without anybody asking for it. */
        SCHEDULE,
        /** To bring all members in once. */
        FIRST_SYNC,
        /** To set the secrets that prove webhooks. */
        WEBHOOKS,
        /** To decide about conflicts, and about records of which it is not clear whom they belong to. */
        CONFLICTS,
        /** To decide whether enrichment is switched on. */
        ENRICHMENT
    }

    /** How a step stands. */
    public enum State {
        /** It is done. */
        DONE,
        /** It can be done now, or is under way. */
        OPEN,
        /** There is nothing to do here. */
        NOT_APPLICABLE
    }

    /**
     * One step. Immutable.
     *
     * @param item what there is to do
     * @param state how it stands
     * @param words the same in a sentence, for an administrator
     */
    public record Step(Item item, State state, String words) {
        /** Refuses nulls. */
        public Step {
            Objects.requireNonNull(item, "item");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(words, "words");
        }
    }

    /** Copies the steps. */
    public Checklist {
        Objects.requireNonNull(integration, "integration");
        steps = List.copyOf(steps);
    }

    /** {@return the first step that is open; nothing when all is done} */
    public Optional<Step> next() {
        return steps.stream().filter(step -> step.state() == State.OPEN).findFirst();
    }

    /**
     * Tells how a step stands.
     *
     * @param item the step
     * @return its state
     */
    public State state(Item item) {
        return steps.stream()
                .filter(step -> step.item() == item)
                .map(Step::state)
                .findFirst()
                .orElse(State.NOT_APPLICABLE);
    }
}
