package io.membersync.checks;

public record Undocumented() {}
