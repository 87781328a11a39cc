/**
 * The SPI for member systems. A connector is found by {@link java.util.ServiceLoader} or handed to the engine's builder;
 * what it can do shows in what it returns: a connector without a delta has no delta reader to give.
 */
@NullMarked
package io.membersync.connector;

import org.jspecify.annotations.NullMarked;
