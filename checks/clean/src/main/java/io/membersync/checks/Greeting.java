package io.membersync.checks;

/**
 * A greeting that breaks no rule.
 *
 * @param text what it says
 */
public record Greeting(String text) {}
