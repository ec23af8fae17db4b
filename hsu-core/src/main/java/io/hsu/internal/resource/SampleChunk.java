package io.hsu.internal.resource;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Some samples in a row, as differences from each to the next: of an idle process a sample takes three or four bytes, since nothing
 * but the time is other than before.
 *
 * <p>Of each sample stands here: how much longer it came after the one before than that after its own; which figures are others,
 * as a set of bits; and by how much, each. All are numbers of as many bytes as they need, seven bits in each, with the sign in the
 * lowest bit.
 */
final class SampleChunk {

    /** How many samples are in a full one: what is dropped, or made coarse, at once. */
    static final int MOST = 64;

    /** For some samples of an idle process. */
    private static final int ROOM = 64;
    /** A number takes ten at the most. */
    private static final int LARGEST_SAMPLE = 10 * (SampleRow.FIGURES + 2);

    private byte[] bytes = new byte[0];
    private int length;
    private int count;
    private SampleRow last = new SampleRow();
    private long lastTime;
    private long lastStep;

    boolean isFull() {
        return count == MOST;
    }

    int count() {
        return count;
    }

    /** {@return the time of its last sample} */
    long lastTime() {
        return lastTime;
    }

    /** {@return how many bytes it takes, about} */
    int size() {
        return bytes.length;
    }

    void append(SampleRow row) {
        if (bytes.length - length < LARGEST_SAMPLE) {
            bytes = Arrays.copyOf(bytes, length + LARGEST_SAMPLE + Math.max(ROOM, length / 2));
        }
        long step = row.time - lastTime;
        write(step - lastStep);
        long changed = 0;
        for (int i = 0; i < SampleRow.FIGURES; i++) {
            changed |= row.figures[i] == last.figures[i] ? 0 : 1L << i;
        }
        write(changed);
        for (int i = 0; i < SampleRow.FIGURES; i++) {
            if (row.figures[i] != last.figures[i]) {
                write(row.figures[i] - last.figures[i]);
            }
        }
        lastStep = step;
        lastTime = row.time;
        last.set(row);
        count++;
        if (isFull()) {
            bytes = Arrays.copyOf(bytes, length);
            last = null;
        }
    }

    private void write(long number) {
        long rest = number << 1 ^ number >> 63;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** Hands over each sample, in order, in an object that is used again for the next. */
    void forEach(Consumer<SampleRow> action) {
        SampleRow row = new SampleRow();
        Cursor cursor = new Cursor();
        long step = 0;
        for (int sample = 0; sample < count; sample++) {
            step += cursor.read();
            row.time += step;
            long changed = cursor.read();
            for (int i = 0; i < SampleRow.FIGURES; i++) {
                if ((changed & 1L << i) != 0) {
                    row.figures[i] += cursor.read();
                }
            }
            action.accept(row);
        }
    }

    private final class Cursor {
        private int at;

        long read() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[at++];
                number |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return number >>> 1 ^ -(number & 1);
                }
            }
        }
    }
}
