/** A case for the negative controls. */
package io.membersync.http;
