/** The pages on which integrations are set up and changed, and the forms that stand on them. */
@NullMarked
package io.membersync.examples.host.web.setup;

import org.jspecify.annotations.NullMarked;
