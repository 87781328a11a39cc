/** The storage interface over JDBC, for H2 and PostgreSQL. */
@NullMarked
package io.membersync.storage.jdbc;

import org.jspecify.annotations.NullMarked;
