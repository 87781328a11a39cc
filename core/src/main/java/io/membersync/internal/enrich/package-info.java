/** Enrichment at work: takes logins in, verifies what was left open, and gives numbers to registries. */
@NullMarked
package io.membersync.internal.enrich;

import org.jspecify.annotations.NullMarked;
