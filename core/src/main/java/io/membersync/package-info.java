/**
 * The engine that keeps member records consistent between a host application and its organizations' registries. Start
 * at {@link io.membersync.MemberSyncEngine}.
 */
@NullMarked
package io.membersync;

import org.jspecify.annotations.NullMarked;
