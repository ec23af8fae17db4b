package io.hsu.testkit;

import io.hsu.spi.ResourceMonitor;
import io.hsu.spi.ResourceReading;
import io.hsu.spi.ResourceReceiver;
import io.hsu.spi.ResourceTarget;
import io.hsu.spi.ResourceWatch;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Says of processes what the test says. Not safe for use by many threads. */
public final class FakeMonitor implements ResourceMonitor {

    private static final long MEMORY = 1L << 34;

    private final Map<Long, Consumer<ResourceReading>> uses = new HashMap<>();
    private final Map<Long, String> troubles = new HashMap<>();
    private int passes;
    private int watched;
    private boolean closed;

    /** Sets what a process uses from now on: what it has read is filled in anew at each pass. */
    public void use(long pid, Consumer<ResourceReading> reading) {
        uses.put(pid, reading);
    }

    /** Says of a process that it cannot be measured; null: it can. */
    public void unreadable(long pid, String why) {
        if (why == null) {
            troubles.remove(pid);
        } else {
            troubles.put(pid, why);
        }
    }

    /** {@return how many passes there were} */
    public int passes() {
        return passes;
    }

    /** {@return how many processes are watched} */
    public int watched() {
        return watched;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public OptionalLong totalMemory() {
        return OptionalLong.of(MEMORY);
    }

    @Override
    public ResourceWatch watch(ResourceTarget target, ResourceReceiver receiver) {
        watched++;
        return new Watch(target, receiver);
    }

    @Override
    public void sample(Collection<? extends ResourceWatch> due) {
        passes++;
        for (ResourceWatch each : due) {
            Watch watch = (Watch) each;
            String trouble = troubles.get(watch.target.pid());
            if (trouble != null) {
                watch.receiver.unreadable(trouble);
                continue;
            }
            ResourceReading reading = new ResourceReading().begin(watch.target.pid(), 1, 0);
            uses.getOrDefault(watch.target.pid(), none -> {}).accept(reading);
            watch.receiver.process(reading);
            watch.receiver.measured();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Watch implements ResourceWatch {
        private final ResourceTarget target;
        private final ResourceReceiver receiver;

        Watch(ResourceTarget target, ResourceReceiver receiver) {
            this.target = target;
            this.receiver = receiver;
        }

        @Override
        public void close() {
            watched--;
        }
    }
}
