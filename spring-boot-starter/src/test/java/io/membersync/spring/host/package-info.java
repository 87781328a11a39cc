/** A host as somebody would write it; the guide's code is cut from here. */
@NullMarked
package io.membersync.spring.host;

import org.jspecify.annotations.NullMarked;
