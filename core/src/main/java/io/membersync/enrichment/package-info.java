/**
 * Enrichment: giving registries the personnummer that a member's login brought. What a login provider and the engine
 * say to each other, where it is switched on, and what became of it.
 */
@NullMarked
package io.membersync.enrichment;

import org.jspecify.annotations.NullMarked;
