package io.membersync.fault;

import io.membersync.model.Word;

/**
 * Uses the package on its left.
 *
 * @param word the right way round
 */
public record Trouble(Word word) {}
