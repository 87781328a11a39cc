@NullMarked
package io.membersync.storage.jdbc;

import org.jspecify.annotations.NullMarked;
