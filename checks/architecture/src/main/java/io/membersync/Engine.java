package io.membersync;

/** Stands for the base package. */
public record Engine() {}
