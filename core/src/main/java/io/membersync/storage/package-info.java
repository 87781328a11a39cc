/**
 * The SPI for persistence: small stores inside one transaction, every method a whole set-based step. The contract is
 * this package's javadoc and the storage contract of the test kit; {@code memory.InMemoryStorage} is the reference.
 */
@NullMarked
package io.membersync.storage;

import org.jspecify.annotations.NullMarked;
