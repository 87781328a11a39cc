/**
 * Contract suites: what a connector or a storage must do, as tests to extend. Give the one fixture, and every promise is
 * checked; an ability that is missing aborts its tests with the reason and never passes silently.
 */
@NullMarked
package io.membersync.testkit.contract;

import org.jspecify.annotations.NullMarked;
