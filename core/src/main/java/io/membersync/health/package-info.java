/** How integrations are: what an administrator looks at first. */
@NullMarked
package io.membersync.health;

import org.jspecify.annotations.NullMarked;
