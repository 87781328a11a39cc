@NullMarked
package io.membersync.connector.consio;

import org.jspecify.annotations.NullMarked;
