package io.hsu.internal.resource;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What belongs to process ids. Unlike a {@link java.util.HashMap} it makes no object to look one up, and little is used by one of
 * few entries, as most trees are. Open addressing, with ids hashed to places and the next free one taken. Ids are above zero.
 *
 * @param <V> what belongs to an id
 */
public final class PidMap<V> {

    private static final int LEAST = 2;

    private long[] pids = new long[LEAST];
    private Object[] values = new Object[LEAST];
    private int size;

    /** {@return how many there are} */
    public int size() {
        return size;
    }

    /** {@return what belongs to an id; null if nothing does} */
    @SuppressWarnings("unchecked")
    public V get(long pid) {
        return (V) values[place(pid)];
    }

    /** Sets what belongs to an id. */
    public void put(long pid, V value) {
        int at = place(pid);
        if (values[at] == null) {
            size++;
            pids[at] = pid;
        }
        values[at] = value;
        if (size * 2 > values.length) {
            rebuild(values.length * 2, null);
        }
    }

    /** Takes out an id, if it is there. */
    public void remove(long pid) {
        int free = place(pid);
        if (values[free] == null) {
            return;
        }
        values[free] = null;
        size--;
        // What was put further on because its place was taken moves up, or it would not be found.
        for (int at = next(free); values[at] != null; at = next(at)) {
            int wanted = home(pids[at]);
            boolean reachable = free < at ? free < wanted && wanted <= at : free < wanted || wanted <= at;
            if (!reachable) {
                values[free] = values[at];
                pids[free] = pids[at];
                values[at] = null;
                free = at;
            }
        }
    }

    /** Takes out what a condition holds for. */
    public void removeIf(Predicate<? super V> condition) {
        rebuild(values.length, condition);
    }

    /** Hands over each value, in no order. Nothing may be put or taken out meanwhile. */
    @SuppressWarnings("unchecked")
    public void forEach(Consumer<? super V> action) {
        for (Object value : values) {
            if (value != null) {
                action.accept((V) value);
            }
        }
    }

    /** Takes out everything. */
    public void clear() {
        Arrays.fill(values, null);
        size = 0;
    }

    @SuppressWarnings("unchecked")
    private void rebuild(int capacity, Predicate<? super V> without) {
        if (without != null && !anyMatches(without)) {
            return;
        }
        long[] oldPids = pids;
        Object[] oldValues = values;
        pids = new long[capacity];
        values = new Object[capacity];
        size = 0;
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != null && (without == null || !without.test((V) oldValues[i]))) {
                int at = place(oldPids[i]);
                pids[at] = oldPids[i];
                values[at] = oldValues[i];
                size++;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private boolean anyMatches(Predicate<? super V> condition) {
        for (Object value : values) {
            if (value != null && condition.test((V) value)) {
                return true;
            }
        }
        return false;
    }

    /** {@return where an id is, or would be} */
    private int place(long pid) {
        int at = home(pid);
        while (values[at] != null && pids[at] != pid) {
            at = next(at);
        }
        return at;
    }

    private int home(long pid) {
        return Long.hashCode(pid * 0x9E3779B97F4A7C15L) & (values.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (values.length - 1);
    }
}
