package io.membersync.model;

/**
 * A member's tie to a local unit. Immutable.
 *
 * @param unit the unit's id in the registry, not blank
 * @param home true for the unit that the membership itself belongs to, false for one where the member holds a role
 */
public record Affiliation(String unit, boolean home) implements Comparable<Affiliation> {

    /**
     * Checks the unit.
     *
     * @throws IllegalArgumentException when the unit is blank or too long
     */
    public Affiliation {
        IdText.check("unit id", unit);
    }

    /** Orders the home unit first, then by unit. */
    @Override
    public int compareTo(Affiliation other) {
        return home == other.home ? unit.compareTo(other.unit) : home ? -1 : 1;
    }
}
