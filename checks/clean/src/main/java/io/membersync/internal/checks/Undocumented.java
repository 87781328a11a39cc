package io.membersync.internal.checks;

public record Undocumented() {}
