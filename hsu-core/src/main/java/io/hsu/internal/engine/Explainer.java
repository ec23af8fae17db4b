package io.hsu.internal.engine;

import io.hsu.CheckStatus;
import io.hsu.DesiredState;
import io.hsu.Explanation;
import io.hsu.HealthStatus;
import io.hsu.internal.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Says in words why a process is in its state, and what happens next. */
final class Explainer {

    static Explanation explain(Snapshot process, Instant now, List<String> lastOutput) {
        return new Explanation(process.id(), process.state(), because(process, now), next(process, now), lastOutput);
    }

    private static String because(Snapshot process, Instant now) {
        StringBuilder text = new StringBuilder();
        if (process.waitingFor() != null) {
            text.append("it waits for ").append(process.waitingFor());
        } else {
            text.append(process.reason());
        }
        text.append(" (for ")
                .append(Durations.text(between(process.since(), now)))
                .append(")");
        if (process.circuitOpenUntil() != null) {
            text.append("; it failed so often that its circuit breaker is open until ")
                    .append(process.circuitOpenUntil());
        }
        if (process.lastError() != null && text.indexOf(process.lastError()) < 0) {
            text.append("; last error: ").append(process.lastError());
        }
        if (process.lastExit() != null
                && text.indexOf(process.lastExit().status().toString()) < 0) {
            text.append("; its last run ").append(process.lastExit().status());
        }
        for (CheckStatus check : process.checks()) {
            if (check.status() == HealthStatus.DEGRADED || check.status() == HealthStatus.UNHEALTHY) {
                text.append("; %s check %s: %s".formatted(check.name(), check.status(), check.reason()));
            }
        }
        return text.toString();
    }

    private static String next(Snapshot process, Instant now) {
        if (process.waitingFor() != null) {
            return "it starts as soon as that has come; stop it to wait no longer";
        }
        return switch (process.state()) {
            case REGISTERED -> "nothing, until it is started";
            case STARTING -> "it is RUNNING as soon as it is launched and its readiness checks pass";
            case RUNNING ->
                process.desired() == DesiredState.STOPPED
                        ? "it is stopped as soon as those that depend on it are"
                        : "it runs until it ends or is stopped";
            case STOPPING -> "it is killed if it does not end in time";
            case STOPPED -> "nothing, until it is started";
            case RESTARTING ->
                process.nextStartAt() == null
                        ? "it is started now"
                        : "it is started in %s, at %s"
                                .formatted(
                                        Durations.text(between(now, process.nextStartAt())),
                                        process.nextStartAt().truncatedTo(ChronoUnit.MILLIS));
            case FAILED -> "nothing: mend what is wrong and start it again";
        };
    }

    private static Duration between(Instant earlier, Instant later) {
        Duration time = Duration.between(earlier, later).truncatedTo(ChronoUnit.MILLIS);
        return time.isNegative() ? Duration.ZERO : time;
    }

    private Explainer() {}
}
