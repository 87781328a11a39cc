/** The connector for Cornerstone registries. */
@NullMarked
package io.membersync.connectors.cornerstone;

import org.jspecify.annotations.NullMarked;
