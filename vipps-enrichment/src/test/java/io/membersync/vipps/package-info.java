/** Logins of a simulated Vipps, and what becomes of them in simulated registries. */
@NullMarked
package io.membersync.vipps;

import org.jspecify.annotations.NullMarked;
