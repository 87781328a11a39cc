/** Alerts: what somebody has to hear of, raised once, closed by themselves. */
@NullMarked
package io.membersync.alert;

import org.jspecify.annotations.NullMarked;
