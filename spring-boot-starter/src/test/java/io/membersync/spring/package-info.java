/** Tests of the starter. */
@NullMarked
package io.membersync.spring;

import org.jspecify.annotations.NullMarked;
