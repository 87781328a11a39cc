/** Which side wins where both have moved: rules, the pure evaluator that hosts may ask too, and open conflicts. */
@NullMarked
package io.membersync.conflict;

import org.jspecify.annotations.NullMarked;
