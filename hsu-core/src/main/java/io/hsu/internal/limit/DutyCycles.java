package io.hsu.internal.limit;

import io.hsu.Limit;
import io.hsu.LimitKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The part of the time that a tree may run so that it keeps to all limits it is throttled for. Used from the mailbox only. */
public final class DutyCycles {

    private final Map<LimitKind, DutyCycle> cycles = new EnumMap<>(LimitKind.class);
    private double share = 1;
    private boolean changed;

    /** Throttles for a limit, until that is not needed any more. */
    public void add(Limit limit) {
        cycles.computeIfAbsent(limit.kind(), kind -> new DutyCycle(limit.amount(), fallsWithTime(kind)));
    }

    private static boolean fallsWithTime(LimitKind kind) {
        return switch (kind) {
            case CPU_PERCENT, READ_BYTES, WRITE_BYTES, READ_OPERATIONS, WRITE_OPERATIONS -> true;
            default -> false;
        };
    }

    /**
     * {@return the part of the time that it may run from now on; 1: all of it}
     *
     * @param use what is used, by kind; NaN if it is not known
     */
    public double next(ToDoubleFunction<LimitKind> use) {
        double before = share;
        share = 1;
        cycles.entrySet().removeIf(entry -> {
            double value = use.applyAsDouble(entry.getKey());
            double part = Double.isNaN(value)
                    ? entry.getValue().share()
                    : entry.getValue().next(value);
            share = Math.min(share, part);
            return part >= 1;
        });
        changed = Double.compare(before, share) != 0;
        return share;
    }

    /** {@return whether the latest answer is another one than that before} */
    public boolean hasChanged() {
        return changed;
    }
}
