/** Services about single members. */
@NullMarked
package io.membersync.member;

import org.jspecify.annotations.NullMarked;
