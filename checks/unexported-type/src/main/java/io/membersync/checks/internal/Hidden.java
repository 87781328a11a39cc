package io.membersync.checks.internal;

/** A type nobody outside sees. */
public record Hidden() {}
