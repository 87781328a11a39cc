/**
 * The gateway behind {@link io.membersync.http.HttpGateway}: one HTTP client, one governor for each credential, and the
 * reading of raw answers into faults.
 */
@NullMarked
package io.membersync.internal.http;

import org.jspecify.annotations.NullMarked;
