@NullMarked
package io.membersync.connector.cornerstone;

import org.jspecify.annotations.NullMarked;
