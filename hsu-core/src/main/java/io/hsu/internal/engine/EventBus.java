package io.hsu.internal.engine;

import io.hsu.ProcessEvent;
import io.hsu.ProcessEvent.EventsDropped;
import io.hsu.Subscription;
import io.hsu.internal.time.Clock;
import io.hsu.internal.time.Timer;
import io.hsu.internal.time.Timer.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to listeners: to each in its own queue, one at a time, in the order they were published. */
final class EventBus {

    private static final Logger log = LoggerFactory.getLogger(EventBus.class);

    /** How far behind a listener may be before it misses events: a blocked one must not fill the memory. */
    private static final int MAX_BEHIND = 10_000;

    /** How long a close waits for listeners: one that hangs must not hang the host's shutdown. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(1);

    private final Executor outside;
    private final Clock clock;
    private final Timer timer;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    EventBus(Executor outside, Clock clock, Timer timer) {
        this.outside = outside;
        this.clock = clock;
        this.timer = timer;
    }

    Subscription add(Consumer<? super ProcessEvent> consumer) {
        Listener listener = new Listener(consumer);
        listeners.add(listener);
        return () -> {
            listener.ended = true;
            listeners.remove(listener);
        };
    }

    void publish(ProcessEvent event) {
        for (Listener listener : listeners) {
            listener.offer(event);
        }
    }

    /** {@return completed when every listener has had what was published before, or has had its time} */
    CompletableFuture<Void> drained() {
        return CompletableFuture.allOf(listeners.stream()
                .map(listener -> {
                    CompletableFuture<Void> reached = new CompletableFuture<>();
                    listener.queue.execute(() -> reached.complete(null));
                    Cancellable limit = timer.schedule(DRAIN_LIMIT, () -> reached.complete(null));
                    reached.whenComplete((done, failed) -> limit.cancel());
                    return reached;
                })
                .toArray(CompletableFuture<?>[]::new));
    }

    private final class Listener {
        private final Consumer<? super ProcessEvent> consumer;
        private final Mailbox queue;
        private final AtomicInteger behind = new AtomicInteger();
        private final AtomicLong dropped = new AtomicLong();
        private volatile boolean ended;

        Listener(Consumer<? super ProcessEvent> consumer) {
            this.consumer = consumer;
            this.queue = new Mailbox(outside, "listener " + consumer);
        }

        void offer(ProcessEvent event) {
            if (behind.incrementAndGet() > MAX_BEHIND) {
                behind.decrementAndGet();
                dropped.incrementAndGet();
                return;
            }
            queue.execute(() -> {
                behind.decrementAndGet();
                deliver(event);
                long missed = dropped.getAndSet(0);
                if (missed > 0) {
                    deliver(new EventsDropped("", clock.now(), missed));
                }
            });
        }

        private void deliver(ProcessEvent event) {
            if (ended) {
                return;
            }
            try {
                consumer.accept(event);
            } catch (RuntimeException | Error e) {
                log.warn("listener {} failed at {}", consumer, event, e);
            }
        }
    }
}
