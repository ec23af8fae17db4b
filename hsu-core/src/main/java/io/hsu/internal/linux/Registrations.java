package io.hsu.internal.linux;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who is told of which event. The kernel hands back a number with each event; it names a place and how often that place has
 * been given away, so that an event of something removed meanwhile finds nobody, even if its place is taken again.
 *
 * <p>Taking, finding and giving back need no lock; only growing does.
 */
final class Registrations {

    private static final int FIRST_SIZE = 64;
    private static final int ENDED = Integer.MIN_VALUE;

    /** One place; found by its index, which never changes. */
    private static final class Place {
        final int index;
        volatile int generation;
        volatile Reactor.Handler handler;

        Place(int index) {
            this.index = index;
        }
    }

    private final Queue<Place> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile Place[] places = new Place[0];

    /**
     * Takes a place.
     *
     * @return the number to give to the kernel; -1 after the end
     */
    long add(Reactor.Handler handler) {
        if (!count()) {
            return -1;
        }
        Place place = free.poll();
        while (place == null) {
            grow();
            place = free.poll();
        }
        long number = ((long) place.generation << 32) | place.index;
        place.handler = handler;
        return number;
    }

    /** {@return who is to be told; null if nobody} */
    Reactor.Handler find(long number) {
        Place[] all = places;
        int index = (int) number;
        if (index >= all.length) {
            return null;
        }
        Place place = all[index];
        // In this order: a handler that has come later has a later generation.
        Reactor.Handler handler = place.handler;
        return place.generation == (int) (number >>> 32) ? handler : null;
    }

    /** Gives a place back. */
    void remove(long number) {
        Place place = places[(int) number];
        place.handler = null;
        place.generation = (place.generation + 1) & Integer.MAX_VALUE;
        free.add(place);
        taken.decrementAndGet();
    }

    /** {@return whether nothing was registered, and nothing will be from now on} */
    boolean end() {
        return taken.compareAndSet(0, ENDED) || taken.get() == ENDED;
    }

    private boolean count() {
        int now;
        do {
            now = taken.get();
            if (now == ENDED) {
                return false;
            }
        } while (!taken.compareAndSet(now, now + 1));
        return true;
    }

    private synchronized void grow() {
        if (!free.isEmpty()) {
            return;
        }
        Place[] before = places;
        Place[] more = new Place[Math.max(FIRST_SIZE, before.length * 2)];
        System.arraycopy(before, 0, more, 0, before.length);
        for (int index = before.length; index < more.length; index++) {
            more[index] = new Place(index);
        }
        places = more; // before they can be taken, so that whoever has a number finds its place
        for (int index = before.length; index < more.length; index++) {
            free.add(more[index]);
        }
    }
}
