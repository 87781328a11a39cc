/**
 * The one gateway to every registry: bounded, retried, throttled, never leaving the configured origin. Only these types
 * are public; the client behind them is not.
 */
@NullMarked
package io.membersync.http;

import org.jspecify.annotations.NullMarked;
