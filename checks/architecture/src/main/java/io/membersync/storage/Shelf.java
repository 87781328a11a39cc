package io.membersync.storage;

import io.membersync.Engine;
import io.membersync.internal.run.Loop;

/**
 * Uses the base package and shows an internal type.
 *
 * @param engine the base package
 * @param loop an internal type
 */
public record Shelf(Engine engine, Loop loop) {}
