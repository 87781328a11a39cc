/** Signs the audit, seals it into chains, checks them, and writes it out. */
@NullMarked
package io.membersync.internal.audit;

import org.jspecify.annotations.NullMarked;
