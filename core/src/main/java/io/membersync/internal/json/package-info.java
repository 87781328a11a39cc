/**
 * How our own connectors read JSON: streamed, bounded, with what is damaged in one record kept apart from the others.
 * Exported to them alone, because it speaks the parser's types.
 */
@NullMarked
package io.membersync.internal.json;

import org.jspecify.annotations.NullMarked;
