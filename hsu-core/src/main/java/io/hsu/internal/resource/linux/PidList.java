package io.hsu.internal.resource.linux;

import java.util.Arrays;

/** Process ids, each with a number that goes with it. Used again and again. */
final class PidList {

    private static final int FIRST_SIZE = 64;

    private long[] pids = new long[FIRST_SIZE];
    private long[] numbers = new long[FIRST_SIZE];
    private int size;

    void clear() {
        size = 0;
    }

    PidList copy() {
        PidList copy = new PidList();
        copy.pids = pids.clone();
        copy.numbers = numbers.clone();
        copy.size = size;
        return copy;
    }

    void add(long pid, long number) {
        if (size == pids.length) {
            pids = Arrays.copyOf(pids, size * 2);
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        pids[size] = pid;
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    long pid(int index) {
        return pids[index];
    }

    long number(int index) {
        return numbers[index];
    }

    boolean contains(long pid) {
        for (int i = 0; i < size; i++) {
            if (pids[i] == pid) {
                return true;
            }
        }
        return false;
    }
}
