package io.hsu.examples.demo;

import io.hsu.ProcessStatus;
import java.util.List;

/** Statuses as a table for people. */
final class StatusTable {

    private static final String ROW = "  %-9s %-11s %-7s %8s  %-9s %8s  %s%n";

    static String of(List<ProcessStatus> statuses) {
        StringBuilder table = new StringBuilder();
        table.append(ROW.formatted("process", "state", "pid", "uptime", "health", "restarts", "last line"));
        for (ProcessStatus status : statuses) {
            table.append(ROW.formatted(
                    status.id(),
                    status.state(),
                    status.pid().isPresent() ? Long.toString(status.pid().getAsLong()) : "-",
                    status.uptime().toSeconds() + "s",
                    status.health(),
                    status.restarts(),
                    lastLine(status)));
        }
        return table.toString();
    }

    private static String lastLine(ProcessStatus status) {
        List<String> lines = status.lastOutput();
        return status.waitingFor()
                .map(what -> "waits for " + what)
                .orElse(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
    }

    private StatusTable() {}
}
