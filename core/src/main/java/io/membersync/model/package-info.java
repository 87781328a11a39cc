/**
 * The words everybody shares: ids, fields, values and the one shape of a member. Depends on nothing; every type is
 * immutable and safe for many threads.
 */
@NullMarked
package io.membersync.model;

import org.jspecify.annotations.NullMarked;
