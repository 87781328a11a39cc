/** Who uses the application, and as whom the engine hears them. */
@NullMarked
package io.membersync.examples.host.login;

import org.jspecify.annotations.NullMarked;
