package io.hsu.server;

import io.hsu.ProcessState;
import io.hsu.ProcessStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What has become of the processes once all of them have been started: {@code 4 running, 1 failed (db), 1 disabled}. */
final class StartSummary {

    static String of(List<ProcessStatus> statuses, Predicate<String> enabled) {
        Map<ProcessState, List<String>> ids = new EnumMap<>(ProcessState.class);
        int disabled = 0;
        for (ProcessStatus status : statuses) {
            if (enabled.test(status.id())) {
                ids.computeIfAbsent(status.state(), state -> new ArrayList<>()).add(status.id());
            } else {
                disabled++;
            }
        }
        List<String> parts = new ArrayList<>();
        List<String> running = ids.remove(ProcessState.RUNNING);
        parts.add((running == null ? 0 : running.size()) + " running");
        ids.forEach((state, those) ->
                parts.add("%d %s (%s)".formatted(those.size(), word(state), String.join(", ", those))));
        if (disabled > 0) {
            parts.add(disabled + " disabled");
        }
        return String.join(", ", parts);
    }

    private static String word(ProcessState state) {
        return switch (state) {
            case REGISTERED -> "not started";
            case STARTING -> "starting";
            case RUNNING -> "running";
            case STOPPING -> "stopping";
            case STOPPED -> "ended";
            case RESTARTING -> "waiting for a restart";
            case FAILED -> "failed";
        };
    }

    private StartSummary() {}
}
