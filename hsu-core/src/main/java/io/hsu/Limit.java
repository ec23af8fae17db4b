package io.hsu;

import io.hsu.internal.Require;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How much of something a process may take, with everything that came out of it, and what is done if it takes more. Immutable
 * and safe for use by many threads: every method that sets something returns a changed copy.
 *
 * <pre>{@code
 * .limit(Limit.memory(Bytes.mib(512)).then(RESTART))
 * .limit(Limit.cpuPercent(80).then(THROTTLE))
 * .limit(Limit.openFiles(1024).held(KERNEL))
 * }</pre>
 *
 * <p>Defaults: {@link LimitAction#LOG}, a warning at 80 % of it (70 % of CPU and CPU time), {@link LimitEnforcement#AUTO}.
 */
public final class Limit {

    /** Its streams take three, and to load a program takes one. */
    private static final int LEAST_DESCRIPTORS = 4;

    private static final int WARN_AT = 80;
    private static final int WARN_AT_CPU = 70;
    private static final double FACTOR = 1.5;
    private static final double CEILING = 2;

    private final LimitKind kind;
    private final double amount;
    private final LimitAction action;
    private final int warnAt;
    private final LimitEnforcement enforcement;
    private final boolean bestEffort;
    private final double factor;
    private final double ceiling;

    private Limit(Draft draft) {
        this.kind = draft.kind;
        this.amount = draft.amount;
        this.action = draft.action;
        this.warnAt = draft.warnAt;
        this.enforcement = draft.enforcement;
        this.bestEffort = draft.bestEffort;
        this.factor = draft.factor;
        this.ceiling = draft.ceiling;
    }

    /** {@return a limit of the memory in use, in bytes} */
    public static Limit memory(long bytes) {
        return of(LimitKind.MEMORY, (double) bytes);
    }

    /** {@return a limit of the address space, in bytes} */
    public static Limit virtualMemory(long bytes) {
        return of(LimitKind.VIRTUAL_MEMORY, (double) bytes);
    }

    /** {@return a limit of what is swapped out, in bytes; 0: nothing may be} */
    public static Limit swap(long bytes) {
        return of(LimitKind.SWAP, (double) bytes);
    }

    /** {@return a limit of the processor time taken, in percent of one core: 250 are two and a half cores} */
    public static Limit cpuPercent(double percent) {
        return of(LimitKind.CPU_PERCENT, percent);
    }

    /** {@return a limit of the processor time taken since the launch} */
    public static Limit cpuTime(Duration time) {
        return of(LimitKind.CPU_TIME, seconds(Require.positive(time, "cpuTime")));
    }

    /**
     * {@return a limit of open descriptors}
     *
     * @param descriptors 4 or more: three are the process's streams, and one it takes to load a program
     */
    public static Limit openFiles(int descriptors) {
        Require.atLeast(descriptors, LEAST_DESCRIPTORS, "openFiles");
        return of(LimitKind.OPEN_FILES, descriptors);
    }

    /** {@return a limit of the tasks of the tree: processes and their threads} */
    public static Limit processes(int tasks) {
        return of(LimitKind.PROCESSES, tasks);
    }

    /** {@return a limit of living descendants; 0: it may start nothing} */
    public static Limit childProcesses(int processes) {
        return of(LimitKind.CHILD_PROCESSES, processes);
    }

    /** {@return a limit of what is read from storage, in bytes per second} */
    public static Limit readBytesPerSecond(long bytes) {
        return of(LimitKind.READ_BYTES, (double) bytes);
    }

    /** {@return a limit of what is written to storage, in bytes per second} */
    public static Limit writeBytesPerSecond(long bytes) {
        return of(LimitKind.WRITE_BYTES, (double) bytes);
    }

    /** {@return a limit of reads per second} */
    public static Limit readOpsPerSecond(long operations) {
        return of(LimitKind.READ_OPERATIONS, (double) operations);
    }

    /** {@return a limit of writes per second} */
    public static Limit writeOpsPerSecond(long operations) {
        return of(LimitKind.WRITE_OPERATIONS, (double) operations);
    }

    private static Limit of(LimitKind kind, double amount) {
        boolean zeroCounts = kind == LimitKind.SWAP || kind == LimitKind.CHILD_PROCESSES;
        Require.argument(
                Double.isFinite(amount) && (amount > 0 || (zeroCounts && amount == 0)),
                "a limit of %s must be %s, but is %s",
                kind.label(),
                zeroCounts ? "zero or more" : "above zero",
                kind.isWhole() ? Long.toString((long) amount) : Double.toString(amount));
        return new Limit(new Draft(kind, amount));
    }

    /** Sets what is done if it is not kept to. */
    public Limit then(LimitAction action) {
        Draft draft = new Draft(this);
        draft.action = Require.nonNull(action, "action");
        return new Limit(draft);
    }

    /** Sets at how many percent of it a warning is due; 100: none before the limit itself. */
    public Limit warnAt(int percent) {
        Require.argument(percent >= 1 && percent <= 100, "warnAt must be from 1 to 100 percent, but is %d", percent);
        Draft draft = new Draft(this);
        draft.warnAt = percent;
        return new Limit(draft);
    }

    /** Sets who holds it. */
    public Limit held(LimitEnforcement enforcement) {
        Draft draft = new Draft(this);
        draft.enforcement = Require.nonNull(enforcement, "enforcement");
        return new Limit(draft);
    }

    /** Tolerates a system whose kernel cannot hold it, where the {@linkplain LimitEnforcement#KERNEL kernel is to}. */
    public Limit bestEffort() {
        Draft draft = new Draft(this);
        draft.bestEffort = true;
        return new Limit(draft);
    }

    /**
     * Sets how {@link LimitAction#RESTART_ADJUSTED} raises it. Default: by half, up to twice what it is.
     *
     * @param factor what it is multiplied by; above 1
     * @param ceiling what it is not raised above, in its own unit; the limit itself or more
     */
    public Limit adjust(double factor, double ceiling) {
        Require.argument(
                Double.isFinite(factor) && factor > 1,
                "the factor of an adjustment must be above 1, but is %s",
                factor);
        Require.argument(
                Double.isFinite(ceiling) && ceiling >= amount,
                "the ceiling of an adjustment must be the limit itself (%s) or more, but is %s",
                kind.text(amount),
                kind.text(ceiling));
        Draft draft = new Draft(this);
        draft.factor = factor;
        draft.ceiling = ceiling;
        return new Limit(draft);
    }

    /** As {@link #adjust(double, double)}, for sizes and numbers. */
    public Limit adjust(double factor, long ceiling) {
        return adjust(factor, (double) ceiling);
    }

    /** As {@link #adjust(double, double)}, for a limit of {@linkplain #cpuTime CPU time}. */
    public Limit adjust(double factor, Duration ceiling) {
        Require.argument(kind == LimitKind.CPU_TIME, "a limit of %s has no ceiling that is a duration", kind.label());
        return adjust(factor, seconds(Require.positive(ceiling, "ceiling")));
    }

    /** {@return this limit, raised once; empty if it has reached its ceiling} */
    public Optional<Limit> adjusted() {
        double raised = Math.min(ceiling, amount * factor);
        raised = kind.isWhole() ? Math.floor(raised) : raised;
        if (raised <= amount) {
            return Optional.empty();
        }
        Draft draft = new Draft(this);
        draft.amount = raised;
        return Optional.of(new Limit(draft));
    }

    /** {@return what it bounds} */
    public LimitKind kind() {
        return kind;
    }

    /** {@return how much is allowed, in bytes, percent of a core, seconds, or a number, as its kind says} */
    public double amount() {
        return amount;
    }

    /** {@return what is done if it is not kept to} */
    public LimitAction action() {
        return action;
    }

    /** {@return at how many percent of it a warning is due} */
    public int warnAt() {
        return warnAt;
    }

    /** {@return who holds it} */
    public LimitEnforcement enforcement() {
        return enforcement;
    }

    /** {@return whether a kernel that cannot hold it is tolerated} */
    public boolean isBestEffort() {
        return bestEffort;
    }

    /** {@return what an adjustment multiplies it by} */
    public double factor() {
        return factor;
    }

    /** {@return what adjustments do not raise it above} */
    public double ceiling() {
        return ceiling;
    }

    private static double seconds(Duration time) {
        return (double) time.toSeconds() + time.toNanosPart() / 1e9;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Limit that
                && kind == that.kind
                && Double.compare(amount, that.amount) == 0
                && action == that.action
                && warnAt == that.warnAt
                && enforcement == that.enforcement
                && bestEffort == that.bestEffort
                && Double.compare(factor, that.factor) == 0
                && Double.compare(ceiling, that.ceiling) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, amount, action, warnAt, enforcement);
    }

    /** In words: {@code memory 512 MiB (restart)}. */
    @Override
    public String toString() {
        return "%s %s (%s)"
                .formatted(
                        kind.label(),
                        kind.text(amount),
                        action.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    /** What is not fixed yet. */
    private static final class Draft {
        private final LimitKind kind;
        private double amount;
        private LimitAction action = LimitAction.LOG;
        private int warnAt;
        private LimitEnforcement enforcement = LimitEnforcement.AUTO;
        private boolean bestEffort;
        private double factor = FACTOR;
        private double ceiling;

        Draft(LimitKind kind, double amount) {
            this.kind = kind;
            this.amount = amount;
            this.warnAt = kind == LimitKind.CPU_PERCENT || kind == LimitKind.CPU_TIME ? WARN_AT_CPU : WARN_AT;
            this.ceiling = amount * CEILING;
        }

        Draft(Limit limit) {
            this.kind = limit.kind;
            this.amount = limit.amount;
            this.action = limit.action;
            this.warnAt = limit.warnAt;
            this.enforcement = limit.enforcement;
            this.bestEffort = limit.bestEffort;
            this.factor = limit.factor;
            this.ceiling = limit.ceiling;
        }
    }
}
