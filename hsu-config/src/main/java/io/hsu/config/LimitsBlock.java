package io.hsu.config;

import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitEnforcement;
import io.hsu.Monitoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * {@code limits} of the nested shape and {@code resource_limits} of the flat one. A limit of 0 is none, as in the files of the other
 * HSU process managers.
 */
final class LimitsBlock {

    private static final long MIB = 1024 * 1024;
    private static final double CORE = 100;

    private static final Pattern NUMBER = Pattern.compile("\\+?(\\d{1,15}(\\.\\d{0,9})?|\\.\\d{1,9})");

    /** What each kind of limit is followed by in the flat shape, which does not let the user say. */
    private static final LimitAction FLAT_MEMORY = LimitAction.RESTART;

    private static final LimitAction FLAT_OTHERS = LimitAction.LOG;

    private final ProcessDraft draft;
    /** The limit of child processes, if it must be kept. */
    private Optional<Value> children = Optional.empty();

    private LimitsBlock(ProcessDraft draft) {
        this.draft = draft;
    }

    /** Reads the nested shape. */
    static void readNested(Block control, ProcessDraft draft) {
        LimitsBlock limits = new LimitsBlock(draft);
        control.inBlock("limits", Section.LIMITS, limits::readNested);
    }

    /** Reads the flat shape. */
    static void readFlat(Block management, ProcessDraft draft) {
        management.inBlock("resource_limits", Section.LIMITS, block -> {
            Consumer<Limit> memory = limit -> draft.spec.limit(limit.then(FLAT_MEMORY));
            Consumer<Limit> others = limit -> draft.spec.limit(limit.then(FLAT_OTHERS));
            set(block, "max_memory_mb", value -> count(value) * MIB, Limit::memory, memory);
            set(block, "max_cpu_percent", LimitsBlock::amount, Limit::cpuPercent, others);
            set(block, "max_file_descriptors", LimitsBlock::count, count -> Limit.openFiles(whole(count)), others);
        });
    }

    private void readNested(Block limits) {
        readPriority(limits);
        Group.in(limits, "memory", LimitAction.LOG, draft, (block, group) -> {
            boolean both = block.has("limit_mb") && block.has("max_rss");
            if (both) {
                block.value("max_rss").ifPresent(value -> value.read(Value::size)); // the other wins
            } else {
                group.limit("max_rss", Value::size, Limit::memory);
            }
            group.limit("limit_mb", value -> count(value) * MIB, Limit::memory);
            group.limit("max_virtual", Value::size, Limit::virtualMemory);
            group.limit("max_swap", Value::size, Limit::swap);
        });
        Group.in(limits, "cpu", LimitAction.LOG, draft, (block, group) -> {
            group.limit("max_percent", LimitsBlock::amount, Limit::cpuPercent);
            if (isSet(block, "max_percent") && isSet(block, "max_cores")) {
                block.entries()
                        .get("max_cores")
                        .error(
                                "says the same as max_percent, which is given too (100 % is one core); keep one of them");
            } else {
                group.limit("max_cores", value -> amount(value) * CORE, Limit::cpuPercent);
            }
            block.has("max_cores");
            block.read("max_time", Value::duration)
                    .filter(time -> !time.isZero())
                    .ifPresent(time -> block.read("max_time", value -> group.decorated(Limit.cpuTime(time)))
                            .ifPresent(draft.spec::limit));
        });
        Group.in(limits, "io", LimitAction.LOG, draft, (block, group) -> {
            weight(block, "weight", draft.spec::ioWeight);
            group.limit("max_read_bps", Value::size, Limit::readBytesPerSecond);
            group.limit("max_write_bps", Value::size, Limit::writeBytesPerSecond);
            group.limit("max_read_ops", LimitsBlock::count, Limit::readOpsPerSecond);
            group.limit("max_write_ops", LimitsBlock::count, Limit::writeOpsPerSecond);
        });
        Group.in(limits, "process", LimitAction.ALERT, draft, (block, group) -> {
            group.limit("max_processes", LimitsBlock::count, count -> Limit.processes(whole(count)));
            group.limit("max_file_descriptors", LimitsBlock::count, count -> Limit.openFiles(whole(count)));
            group.limit("max_child_processes", LimitsBlock::count, count -> Limit.childProcesses(whole(count)));
            children = block.value("max_child_processes")
                    .filter(value -> group.mustBeKept && isSet(block, "max_child_processes"));
        });
        limits.inBlock("monitoring", Section.MONITORING, this::readMonitoring);
    }

    private void readPriority(Block limits) {
        limits.read("priority", value -> value.integer(-20, 19))
                .filter(priority -> priority != 0)
                .ifPresent(draft.spec::niceness);
        weight(limits, "cpu_shares", draft.spec::cpuShares);
        if (limits.read("best_effort", Value::bool).orElse(false)) {
            draft.spec.bestEffortPriority();
        }
    }

    private void readMonitoring(Block block) {
        List<Function<Monitoring, Monitoring>> changes = new ArrayList<>();
        block.read("enabled", Value::bool).ifPresent(enabled -> changes.add(old -> old.enabled(enabled)));
        block.read("interval", value -> Monitoring.DEFAULT.every(value.duration()))
                .ifPresent(read -> changes.add(old -> old.every(read.interval())));
        block.read("history_retention", value -> Monitoring.DEFAULT.keptFor(value.duration()))
                .ifPresent(read -> changes.add(old -> old.keptFor(read.retention())));
        block.read("alerting_enabled", Value::bool)
                .ifPresent(alerting -> changes.add(old -> old.withAlerting(alerting)));
        block.read("tree", Value::bool).filter(tree -> !tree).ifPresent(alone -> {
            changes.add(Monitoring::ofProcessAlone);
            children.ifPresent(
                    value -> value.error(
                            "cannot be kept where the process is measured alone; leave monitoring.tree out, or set best_effort"));
        });
        Monitoring monitoring = Monitoring.DEFAULT;
        for (Function<Monitoring, Monitoring> change : changes) {
            monitoring = change.apply(monitoring);
        }
        draft.spec.monitoring(monitoring);
    }

    /** 0 is what everyone has. */
    private static void weight(Block block, String key, Consumer<Integer> setter) {
        block.set(key, value -> value.integer(0, Integer.MAX_VALUE), number -> {
            if (number != 0) {
                setter.accept(number);
            }
        });
    }

    private static boolean isSet(Block block, String key) {
        return block.value(key)
                .filter(value -> !value.text().strip().matches("0*\\.?0*"))
                .isPresent();
    }

    private static <T extends Number> void set(
            Block block, String key, Function<Value, T> reader, Function<T, Limit> limit, Consumer<Limit> setter) {
        block.set(key, reader, amount -> {
            if (amount.doubleValue() != 0) {
                setter.accept(limit.apply(amount));
            }
        });
    }

    private static long count(Value value) {
        return value.integer(0, Integer.MAX_VALUE);
    }

    private static int whole(long count) {
        return Math.toIntExact(count);
    }

    private static double amount(Value value) {
        String text = value.text().strip();
        if (NUMBER.matcher(text).matches()) { // Java would take 50d and 0x1p3, too
            return Double.parseDouble(text);
        }
        throw new IllegalArgumentException("must be a number, 0 or more, but is '%s'".formatted(value.shown()));
    }

    /** The limits of one block, which share how they are warned of, acted upon and held. */
    private static final class Group {
        private final Block block;
        private final ProcessDraft draft;
        private final Function<Limit, Limit> decoration;
        private final boolean mustBeKept;

        private Group(Block block, LimitAction usual, ProcessDraft draft) {
            this.block = block;
            this.draft = draft;
            LimitAction action =
                    block.read("policy", value -> value.word(LimitAction.class)).orElse(usual);
            Optional<Integer> warning = block.read("warning_threshold", value -> value.integer(1, 100));
            LimitEnforcement enforcement = block.read("held", value -> value.word(LimitEnforcement.class))
                    .orElse(LimitEnforcement.AUTO);
            boolean bestEffort = block.read("best_effort", Value::bool).orElse(false);
            this.mustBeKept = action != LimitAction.NONE && !bestEffort;
            Optional<double[]> adjustment = block.block("adjustment", Section.ADJUSTMENT, Group::adjustment);
            this.decoration = limit -> {
                Limit decorated = limit.then(action).held(enforcement);
                decorated = warning.isPresent() ? decorated.warnAt(warning.get()) : decorated;
                decorated = bestEffort ? decorated.bestEffort() : decorated;
                return adjustment.isPresent()
                        ? decorated.adjust(
                                adjustment.get()[0], limit.amount() * adjustment.get()[1])
                        : decorated;
            };
        }

        /** {@return the factor, and the ceiling as a multiple of the limit} */
        private static double[] adjustment(Block block) {
            double factor = block.read("factor", Group::aboveOne).orElse(1.5);
            return new double[] {factor, block.read("ceiling", Group::oneOrMore).orElse(2.0)};
        }

        private static double aboveOne(Value value) {
            double number = amount(value);
            if (number <= 1) {
                throw new IllegalArgumentException("must be above 1, but is '%s'".formatted(value.shown()));
            }
            return number;
        }

        private static double oneOrMore(Value value) {
            double number = amount(value);
            if (number < 1) {
                throw new IllegalArgumentException("must be 1 or more, but is '%s'".formatted(value.shown()));
            }
            return number;
        }

        static void in(Block limits, String key, LimitAction usual, ProcessDraft draft, Reader reader) {
            limits.inBlock(key, Section.LIMITS, block -> reader.read(block, new Group(block, usual, draft)));
        }

        Limit decorated(Limit limit) {
            return decoration.apply(limit);
        }

        <T extends Number> void limit(String key, Function<Value, T> reader, Function<T, Limit> limit) {
            set(block, key, reader, limit, plain -> draft.spec.limit(decorated(plain)));
        }
    }

    /** Reads the limits of one block. */
    private interface Reader {
        void read(Block block, Group group);
    }
}
