package io.membersync.storage.memory;

/**
 * Where a row stands: rows of one owner lie together, by id in code point order. Immutable.
 *
 * @param owner what the row belongs to; holds no control character
 * @param id the row's id within its owner
 */
record RowKey(String owner, String id) implements Comparable<RowKey> {

    private static final char SEPARATOR = '\u0000';
    private static final char BEHIND_SEPARATOR = '\u0001';

    /** The id of a row within a group of its owner; groups hold no control character, so none runs into another. */
    static String grouped(String group, String id) {
        return group + SEPARATOR + id;
    }

    /** What {@link #grouped} ids of the group all stand behind or at. */
    static String startOf(String group) {
        return group + SEPARATOR;
    }

    /** What {@link #grouped} ids of the group all stand before. */
    static String endOf(String group) {
        return group + BEHIND_SEPARATOR;
    }

    /** The first place behind all rows of an owner. */
    static RowKey behind(String owner) {
        return new RowKey(owner + SEPARATOR, "");
    }

    @Override
    public int compareTo(RowKey other) {
        int owners = CodePointOrder.compare(owner, other.owner);
        return owners != 0 ? owners : CodePointOrder.compare(id, other.id);
    }
}
