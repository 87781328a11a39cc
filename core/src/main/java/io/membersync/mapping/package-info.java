/**
 * Field mapping as data: which place in a registry's record holds which member field, and how its text is read. Mapping
 * itself is pure; every type is immutable.
 */
@NullMarked
package io.membersync.mapping;

import org.jspecify.annotations.NullMarked;
