package io.hsu.internal.health;

import io.hsu.internal.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one launch says of itself by systemd's protocol, sd_notify(3). Messages are assignments, one a line; those that mean
 * nothing to a process manager (MAINPID, FDSTORE and so on) are passed over. Safe for use by many threads.
 */
public final class Notifications {

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);

    private final String processId;
    private final Clock clock;
    private boolean ready;
    private boolean stopping;
    private boolean failed;
    private String status = "";
    private long aliveAt;
    private final Set<CompletableFuture<Void>> awaitReady = new HashSet<>();
    private volatile Runnable hear = () -> {};

    /** A launch that has said nothing yet. */
    public Notifications(String processId, Clock clock) {
        this.processId = processId;
        this.clock = clock;
        this.aliveAt = clock.nanos();
    }

    /**
     * Sets who brings what was said.
     *
     * @param hear brings at once what has been said and is not heard yet
     */
    public void heardBy(Runnable hear) {
        this.hear = hear;
    }

    /** Hears at once what has been said. To be called when no lock is held. */
    void hear() {
        hear.run();
    }

    /**
     * Takes a message, on any thread.
     *
     * @return tells those who wait for it, who do something then: to be run when no lock is held
     */
    public synchronized Runnable received(String message) {
        for (String line : message.split("\n", -1)) {
            take(line);
        }
        List<CompletableFuture<Void>> told = ready ? List.copyOf(awaitReady) : List.of();
        return () -> {
            log.trace("process '{}' notifies: {}", processId, message);
            told.forEach(waiter -> waiter.complete(null));
        };
    }

    private void take(String assignment) {
        int equals = assignment.indexOf('=');
        String name = equals < 0 ? "" : assignment.substring(0, equals);
        String value = assignment.substring(equals + 1);
        switch (name) {
            case "READY" -> {
                ready = value.equals("1");
                stopping = false;
                aliveAt = clock.nanos();
            }
            case "RELOADING" -> ready = false;
            case "STOPPING" -> {
                ready = false;
                stopping = true;
            }
            case "STATUS" -> status = value;
            case "WATCHDOG" -> {
                failed |= value.equals("trigger");
                aliveAt = clock.nanos();
            }
            default -> {
                // Something that systemd would know.
            }
        }
    }

    long nanos() {
        return clock.nanos();
    }

    /** {@return whether it has asked to be treated as hung} */
    synchronized boolean hasFailed() {
        return failed;
    }

    /** From now on signs of life are expected: what was before does not count against it. */
    synchronized void watched() {
        aliveAt = clock.nanos();
    }

    /** {@return how long it has not been heard of} */
    synchronized Duration silence() {
        return Duration.ofNanos(clock.nanos() - aliveAt);
    }

    /** {@return completed when it is ready; is, if it is so now; to be cancelled by who waits no longer} */
    CompletableFuture<Void> becomesReady() {
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        synchronized (this) {
            if (ready) {
                waiter.complete(null);
                return waiter;
            }
            awaitReady.add(waiter);
        }
        waiter.whenComplete((done, cancelled) -> forget(waiter));
        return waiter;
    }

    private synchronized void forget(CompletableFuture<Void> waiter) {
        awaitReady.removeIf(other -> other == waiter);
    }

    /** {@return what it has said, in words} */
    synchronized String words() {
        String state = ready ? "it is ready" : stopping ? "it is stopping" : "it has not said that it is ready";
        return status.isEmpty() ? state : state + ", status: " + status;
    }
}
