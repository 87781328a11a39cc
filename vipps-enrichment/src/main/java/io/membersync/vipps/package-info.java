/**
 * Vipps enrichment: verifies what a login brought and hands the personnummer on to the engine, which gives it to the
 * registries. The login itself never waits for it.
 */
@NullMarked
package io.membersync.vipps;

import org.jspecify.annotations.NullMarked;
