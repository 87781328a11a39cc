/** The services behind a caller: authorize, validate, one transaction, audit. */
@NullMarked
package io.membersync.internal.admin;

import org.jspecify.annotations.NullMarked;
