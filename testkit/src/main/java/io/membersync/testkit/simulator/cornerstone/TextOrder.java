package io.membersync.testkit.simulator.cornerstone;

/** The numbers 1 to n in the order of their decimal text: 1, 10, 11, 2. Four bytes a number, made without sorting. */
final class TextOrder {

    private final int[] numbers;

    TextOrder(int count) {
        numbers = new int[count];
        long current = 1;
        for (int i = 0; i < count; i++) {
            numbers[i] = (int) current;
            if (current * 10 <= count) {
                current *= 10;
            } else {
                while (current % 10 == 9 || current + 1 > count) {
                    current /= 10;
                }
                current++;
            }
        }
    }

    int size() {
        return numbers.length;
    }

    int numberAt(int position) {
        return numbers[position];
    }

    /** Returns the first position whose id, {@code m_} and the number, sorts after the text given. */
    int firstAfter(String id) {
        int low = 0;
        int high = numbers.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (("m_" + numbers[middle]).compareTo(id) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
