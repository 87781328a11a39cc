package io.membersync.http;

/** Lives in an unmarked package. */
public record Request() {}
