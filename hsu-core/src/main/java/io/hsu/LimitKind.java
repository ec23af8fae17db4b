package io.hsu;

import io.hsu.internal.Durations;
import java.time.Duration;
import java.util.Locale;

/** What a {@link Limit} bounds. */
public enum LimitKind {

    /** The memory that the tree has in use (resident), in bytes. */
    MEMORY("memory", Unit.BYTES),
    /** The address space of the tree's processes, used or not, in bytes. */
    VIRTUAL_MEMORY("virtual memory", Unit.BYTES),
    /** What of the tree's memory is swapped out, in bytes. */
    SWAP("swap", Unit.BYTES),
    /** The processor time that the tree takes, in percent of one core. */
    CPU_PERCENT("CPU", Unit.PERCENT),
    /** The processor time that the tree has taken since its launch, in seconds. */
    CPU_TIME("CPU time", Unit.SECONDS),
    /** The descriptors that the tree's processes have open. */
    OPEN_FILES("open files", Unit.COUNT),
    /** The tasks of the tree: processes and, as the kernel counts, their threads. */
    PROCESSES("processes", Unit.COUNT),
    /** The processes that the process and its descendants have started and that live; the process itself is not counted. */
    CHILD_PROCESSES("child processes", Unit.COUNT),
    /** What the tree reads from storage, in bytes per second. */
    READ_BYTES("bytes read", Unit.BYTES_PER_SECOND),
    /** What the tree writes to storage, in bytes per second. */
    WRITE_BYTES("bytes written", Unit.BYTES_PER_SECOND),
    /** How often the tree reads, per second. */
    READ_OPERATIONS("reads", Unit.PER_SECOND),
    /** How often the tree writes, per second. */
    WRITE_OPERATIONS("writes", Unit.PER_SECOND);

    private static final String[] SIZES = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private enum Unit {
        BYTES,
        PERCENT,
        SECONDS,
        COUNT,
        BYTES_PER_SECOND,
        PER_SECOND
    }

    private final String label;
    private final Unit unit;

    LimitKind(String label, Unit unit) {
        this.label = label;
        this.unit = unit;
    }

    /** {@return what it is called among people} */
    public String label() {
        return label;
    }

    /** {@return an amount in words, with its unit: {@code 512 MiB}, {@code 80 %}, {@code 1h30m}, {@code 1024}, {@code 100/s}} */
    public String text(double amount) {
        return switch (unit) {
            case BYTES -> size(amount);
            case PERCENT -> number(amount) + " %";
            case SECONDS -> Durations.text(Duration.ofMillis(Math.round(amount * 1000)));
            case COUNT -> number(amount);
            case BYTES_PER_SECOND -> size(amount) + "/s";
            case PER_SECOND -> number(amount) + "/s";
        };
    }

    /** {@return whether amounts of it are whole numbers} */
    boolean isWhole() {
        return unit != Unit.PERCENT && unit != Unit.SECONDS;
    }

    private static String size(double bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < SIZES.length - 1) {
            amount /= 1024;
            unit++;
        }
        return number(amount) + " " + SIZES[unit];
    }

    /** At most two digits after the point. */
    private static String number(double amount) {
        double rounded = Math.rint(amount * 100) / 100;
        if (rounded == Math.rint(rounded)) {
            return Long.toString((long) rounded);
        }
        return String.format(Locale.ROOT, "%.2f", rounded).replaceFirst("0$", "");
    }
}
