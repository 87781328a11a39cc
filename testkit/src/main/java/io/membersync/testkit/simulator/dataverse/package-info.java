/**
 * A Microsoft Dataverse environment with HLF's contact table, and the Microsoft Entra tenant that gives out its access
 * tokens, over real HTTP. Behaves as the public documentation says; what that leaves open is said where it is decided.
 */
@NullMarked
package io.membersync.testkit.simulator.dataverse;

import org.jspecify.annotations.NullMarked;
