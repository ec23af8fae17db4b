package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.Bytes;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitEnforcement;
import io.hsu.Monitoring;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code limits} and {@code resource_limits}. */
class LimitsBlockTest extends ConfigTestBase {

    private static final String AT = "managed_processes[0].management.standard_managed.control.limits.";

    private ProcessSpec nested(String keys) {
        return process(inControl("limits:\n" + keys.indent(2)));
    }

    @Test
    void nothingSaid_isNoLimit() {
        ProcessSpec spec = nested("memory: {max_rss: 0}\ncpu: {max_percent: 0, max_time: 0s}\npriority: 0\n");
        assertEquals(List.of(), spec.limits());
        assertEquals(Monitoring.DEFAULT, spec.monitoring());
        assertEquals(process(inControl("")), spec);
    }

    @Test
    void everyKey() {
        ProcessSpec spec = nested("""
                priority: 5
                cpu_shares: 512
                best_effort: true
                memory: {max_rss: 64MB, limit_mb: 128, max_virtual: 1GB, max_swap: 1MB, warning_threshold: 90, policy: restart_adjusted, best_effort: true, adjustment: {factor: 1.25, ceiling: 3}}
                cpu: {max_percent: 50.5, max_time: 1h, policy: throttle, warning_threshold: 60}
                io: {weight: 200, max_read_bps: 1MB, max_write_bps: 2MB, max_read_ops: 100, max_write_ops: 200, held: kernel, best_effort: true}
                process: {max_processes: 10, max_file_descriptors: 1024, max_child_processes: 4, held: watched, best_effort: true}
                monitoring: {enabled: true, interval: 5s, history_retention: 2h, alerting_enabled: false, tree: false}
                """);
        ProcessSpec expected = process(inControl("")).toBuilder()
                .niceness(5)
                .cpuShares(512)
                .ioWeight(200)
                .bestEffortPriority()
                .limit(adjusted(Limit.memory(Bytes.mib(128))))
                .limit(adjusted(Limit.virtualMemory(Bytes.gib(1))))
                .limit(adjusted(Limit.swap(Bytes.mib(1))))
                .limit(Limit.cpuPercent(50.5).then(LimitAction.THROTTLE).warnAt(60))
                .limit(Limit.cpuTime(Duration.ofHours(1))
                        .then(LimitAction.THROTTLE)
                        .warnAt(60))
                .limit(io(Limit.readBytesPerSecond(Bytes.mib(1))))
                .limit(io(Limit.writeBytesPerSecond(Bytes.mib(2))))
                .limit(io(Limit.readOpsPerSecond(100)))
                .limit(io(Limit.writeOpsPerSecond(200)))
                .limit(count(Limit.processes(10)))
                .limit(count(Limit.openFiles(1024)))
                .limit(count(Limit.childProcesses(4)))
                .monitoring(Monitoring.DEFAULT
                        .every(Duration.ofSeconds(5))
                        .keptFor(Duration.ofHours(2))
                        .ofProcessAlone()
                        .withAlerting(false))
                .build();
        assertEquals(expected.limits(), spec.limits());
        assertEquals(expected, spec);
    }

    private static Limit adjusted(Limit limit) {
        return limit.then(LimitAction.RESTART_ADJUSTED).warnAt(90).bestEffort().adjust(1.25, limit.amount() * 3);
    }

    private static Limit io(Limit limit) {
        return limit.held(LimitEnforcement.KERNEL).bestEffort();
    }

    private static Limit count(Limit limit) {
        return limit.then(LimitAction.ALERT).held(LimitEnforcement.WATCHED).bestEffort();
    }

    @Test
    void cores_areHundredPercentEach() {
        assertEquals(
                List.of(Limit.cpuPercent(150)), nested("cpu: {max_cores: 1.5}").limits());
    }

    @Test
    void flatShape() {
        assertEquals(
                List.of(
                        Limit.memory(Bytes.mib(512)).then(LimitAction.RESTART),
                        Limit.cpuPercent(80),
                        Limit.openFiles(1024)),
                process(
                                flat(
                                        "resource_limits: {max_memory_mb: 512, max_cpu_percent: 80.0, max_file_descriptors: 1024}"))
                        .limits());
    }

    @Test
    void wrongValues_areTold() {
        assertError(
                inControl("""
                        limits:
                          priority: 20
                          memory: {max_rss: -1, policy: reboot, warning_threshold: 101}
                          cpu: {max_percent: fast, max_cores: 1, adjustment: {factor: 1, ceiling: 0.5}}
                          process: {max_file_descriptors: 1.5}
                          monitoring: {interval: 1ms}
                          disk: {}
                        """),
                "9:23: " + AT + "priority: must be a whole number, from -20 to 19, but is '20'",
                "10:31: " + AT + "memory.max_rss: must not be negative, but is '-1'",
                "10:43: " + AT
                        + "memory.policy: must be one of none, log, alert, throttle, graceful_shutdown, immediate_kill, restart, restart_adjusted, but is 'reboot'",
                "10:70: " + AT + "memory.warning_threshold: must be a whole number, from 1 to 100, but is '101'",
                "11:32: " + AT + "cpu.max_percent: must be a number, 0 or more, but is 'fast'",
                "11:49: " + AT
                        + "cpu.max_cores: says the same as max_percent, which is given too (100 % is one core); keep one of them",
                "11:73: " + AT + "cpu.adjustment.factor: must be above 1, but is '1'",
                "11:85: " + AT + "cpu.adjustment.ceiling: must be 1 or more, but is '0.5'",
                "12:45: " + AT + "process.max_file_descriptors: must be a whole number, 0 or more, but is '1.5'",
                "13:36: " + AT + "monitoring.interval: the interval of monitoring must be 100ms or more, but is 1ms",
                "14:13: " + AT
                        + "disk: unknown key 'disk'; known are priority, cpu_shares, best_effort, memory, cpu, io, process, monitoring");
    }

    @Test
    void percentAndCores_together_areRefused() {
        assertError(
                inControl("limits: {cpu: {max_percent: 50, max_cores: 1}}"),
                "8:54: " + AT
                        + "cpu.max_cores: says the same as max_percent, which is given too (100 % is one core); keep one of them");
    }

    @Test
    void childrenOfAProcessThatIsMeasuredAlone_areRefused() {
        assertError(
                inControl("limits: {process: {max_child_processes: 4}, monitoring: {tree: false}}"),
                "8:51: " + AT
                        + "process.max_child_processes: cannot be kept where the process is measured alone; leave monitoring.tree out, or set best_effort");
        nested("process: {max_child_processes: 4, policy: none}\nmonitoring: {tree: false}\n");
    }

    /** Whether somebody could keep it, the system alone knows: so the manager's builder says it. */
    @Test
    void limitThatNobodyWatches_isRefused() {
        HsuConfig config = loader.load(
                write(inControl("limits: {memory: {limit_mb: 5, policy: restart}, monitoring: {enabled: false}}")));
        ProcessManagerBuilder builder = config.toBuilder().stateDirectory(directory.resolve("state"));
        assertEquals(
                "process 'a': the limit 'memory 5 MiB (restart)' cannot be kept: the process is not measured; turn its monitoring on;"
                        + " or leave it out, or tolerate this with bestEffort()",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }
}
