package io.membersync.internal.run;

/** 64 bits of a text, enough to know it again. Pure. */
final class Fold {

    /** What a fold begins with. */
    static final long START = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private Fold() {}

    /** Folds one text more: FNV-1a over characters, with a mark behind each text so that their borders count. */
    static long text(long before, String text) {
        long folded = before;
        for (int i = 0; i < text.length(); i++) {
            folded = (folded ^ text.charAt(i)) * PRIME;
        }
        return (folded ^ 0x1F) * PRIME;
    }
}
