package io.hsu.config;

import io.hsu.Dependency.Condition;
import io.hsu.ProcessSpec;
import io.hsu.ProcessSpecBuilder;
import io.hsu.Restart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process while it is read: the builder, and what only the whole file can judge. */
final class ProcessDraft {

    final Value entry;
    final String id;

    /** How the id is shown: as it is written. */
    final String shownId;

    final ProcessType type;

    final ProcessSpecBuilder spec;
    final CheckList checks = new CheckList();
    final List<Edge> dependencies = new ArrayList<>();

    /** Whether it can become healthy: the best that any of its checks allows. */
    private Checked checked = Checked.NEVER;

    Restart restart = Restart.onFailure();
    LogSettings log = LogSettings.NONE;

    /** Where a start will look for the executable, if it is known. */
    Optional<ExecutableSearch> executable = Optional.empty();

    /** Whether a command could be set; without one there is nothing to build, and that has been said. */
    boolean hasCommand;

    /** What is known of a process's health, worst first. */
    enum Checked {
        /** No check of it is enabled. */
        NEVER,
        /** A check could not be read, and that has been said. */
        UNREADABLE,
        /** There is a check. */
        YES
    }

    /** A process that this one depends on, and where the file says so. */
    record Edge(Value at, String id, String shownId, Condition condition) {}

    ProcessDraft(Value entry, String id, String shownId, ProcessType type, ProcessSpecBuilder spec) {
        this.entry = entry;
        this.id = id;
        this.shownId = shownId;
        this.type = type;
        this.spec = spec;
    }

    boolean isIntegrated() {
        return type == ProcessType.INTEGRATED_MANAGED;
    }

    /** {@return where the file says what type it is of} */
    Place typePlace() {
        return entry.block().value("type").orElse(entry).place();
    }

    Problems problems() {
        return entry.source().problems();
    }

    Checked checked() {
        return checked;
    }

    void checked(Checked check) {
        if (check.compareTo(checked) > 0) {
            checked = check;
        }
    }

    Optional<ProcessSpec> build(LogCollection logs) {
        if (!hasCommand || checks.hasClash()) {
            return Optional.empty();
        }
        return entry.read(whole -> checks.build(spec.restart(restart).output(logs.toOutput(log))));
    }
}
