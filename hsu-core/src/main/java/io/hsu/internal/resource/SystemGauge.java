package io.hsu.internal.resource;

import io.hsu.SystemUsage;
import io.hsu.internal.resource.oshi.OshiSystem;
import io.hsu.internal.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Tells about the whole system, with one look for all who ask at the same time, and at most one a second. Nothing is loaded before
 * the first.
 */
public final class SystemGauge {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Clock clock;
    private final Executor where;
    private final AtomicReference<CompletableFuture<SystemUsage>> underWay = new AtomicReference<>();
    /** Made by the first look; looks come one at a time. */
    private volatile Function<Instant, SystemUsage> look;

    private volatile Look latest;

    private record Look(SystemUsage usage, long nanos) {}

    /**
     * @param clock what time it is
     * @param where a look may block
     */
    public SystemGauge(Clock clock, Executor where) {
        this(clock, where, null);
    }

    /**
     * @param look looks at the system at some time; null for OSHI's
     */
    SystemGauge(Clock clock, Executor where, Function<Instant, SystemUsage> look) {
        this.clock = clock;
        this.where = where;
        this.look = look;
    }

    /** {@return what a look tells that is younger than a second, or comes now} */
    public CompletableFuture<SystemUsage> read() {
        Look last = latest;
        if (last != null && clock.nanos() - last.nanos < FRESH_NANOS) {
            return CompletableFuture.completedFuture(last.usage);
        }
        CompletableFuture<SystemUsage> mine = new CompletableFuture<>();
        CompletableFuture<SystemUsage> other = underWay.compareAndExchange(null, mine);
        if (other != null) {
            return other.copy();
        }
        try {
            where.execute(() -> look(mine));
        } catch (RejectedExecutionException e) {
            underWay.set(null);
            mine.completeExceptionally(
                    new IllegalStateException("the process manager is closed; build another one", e));
        }
        return mine.copy();
    }

    private void look(CompletableFuture<SystemUsage> asked) {
        try {
            if (look == null) {
                look = new OshiSystem()::look;
            }
            SystemUsage usage = look.apply(clock.now());
            latest = new Look(usage, clock.nanos());
            underWay.set(null);
            asked.complete(usage);
        } catch (RuntimeException | Error e) {
            underWay.set(null);
            asked.completeExceptionally(e);
        }
    }
}
