/**
 * The engine in a Spring Boot application: made of the host's data source and beans, configured by {@code membersync.*},
 * started and stopped with the application, in the host's transactions.
 */
@NullMarked
package io.membersync.spring;

import org.jspecify.annotations.NullMarked;
