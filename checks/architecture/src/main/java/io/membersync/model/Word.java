package io.membersync.model;

import io.membersync.fault.Trouble;

/**
 * Uses the package on its right, which uses it back.
 *
 * @param trouble the wrong way round
 */
public record Word(Trouble trouble) {}
