package io.membersync.checks;

import io.membersync.checks.internal.Hidden;

/**
 * Shows what is hidden.
 *
 * @param hidden the hidden part
 */
public record Shown(Hidden hidden) {}
