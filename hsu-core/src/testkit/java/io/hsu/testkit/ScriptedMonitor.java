package io.hsu.testkit;

import io.hsu.spi.ResourceMonitor;
import io.hsu.spi.ResourceReading;
import io.hsu.spi.ResourceReceiver;
import io.hsu.spi.ResourceTarget;
import io.hsu.spi.ResourceWatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A resource monitor that tells what it was told to. Not safe for use by many threads. */
public final class ScriptedMonitor implements ResourceMonitor {

    /** What it tells to be the system's memory. */
    public static final long TOTAL_MEMORY = 1_000_000;

    private final Map<Long, List<ResourceReading>> readings = new HashMap<>();
    private final Map<Long, String> unreadable = new HashMap<>();
    private final List<Long> watched = new ArrayList<>();
    private int passes;
    private boolean closed;
    private RuntimeException failure;

    /** Sets the living processes of a target, its own first; none: it is gone. */
    public void set(long target, ResourceReading... processes) {
        readings.put(target, List.of(processes));
        unreadable.remove(target);
    }

    /** Makes a target unreadable, after the first of its processes was told. */
    public void setUnreadable(long target, String why) {
        unreadable.put(target, why);
    }

    /** Makes passes fail; null: no longer. */
    public void failWith(RuntimeException exception) {
        failure = exception;
    }

    /** {@return the targets that are watched} */
    public List<Long> watched() {
        return watched;
    }

    public int passes() {
        return passes;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public OptionalLong totalMemory() {
        return OptionalLong.of(TOTAL_MEMORY);
    }

    @Override
    public ResourceWatch watch(ResourceTarget target, ResourceReceiver receiver) {
        watched.add(target.pid());
        return new Watch(target.pid(), receiver);
    }

    @Override
    public void sample(Collection<? extends ResourceWatch> due) {
        passes++;
        if (failure != null) {
            throw failure;
        }
        due.forEach(watch -> ((Watch) watch).tell());
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Watch implements ResourceWatch {
        private final long pid;
        private final ResourceReceiver receiver;

        Watch(long pid, ResourceReceiver receiver) {
            this.pid = pid;
            this.receiver = receiver;
        }

        void tell() {
            List<ResourceReading> processes = readings.getOrDefault(pid, List.of());
            if (processes.isEmpty()) {
                receiver.gone();
            } else if (unreadable.containsKey(pid)) {
                receiver.process(processes.get(0));
                receiver.unreadable(unreadable.get(pid));
            } else {
                processes.forEach(receiver::process);
                receiver.measured();
            }
        }

        @Override
        public void close() {
            watched.remove(pid);
        }
    }
}
