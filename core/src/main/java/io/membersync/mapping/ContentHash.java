package io.membersync.mapping;

/**
 * 128 bits over the canonical form of a mapped record and its mapping: equal hashes mean that nothing changed.
 * Immutable.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record ContentHash(long high, long low) {}
