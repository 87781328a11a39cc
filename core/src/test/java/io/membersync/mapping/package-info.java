/** Tests of mappings as data. */
@NullMarked
package io.membersync.mapping;

import org.jspecify.annotations.NullMarked;
