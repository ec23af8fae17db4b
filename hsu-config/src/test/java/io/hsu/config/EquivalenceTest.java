package io.hsu.config;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.Backoff;
import io.hsu.Bytes;
import io.hsu.CircuitBreaker;
import io.hsu.Dependency.Condition;
import io.hsu.HealthChecks;
import io.hsu.LogField;
import io.hsu.LogFilter;
import io.hsu.LogFormat;
import io.hsu.LogParser;
import io.hsu.LogTarget;
import io.hsu.Metadata;
import io.hsu.OutputCapture;
import io.hsu.Overflow;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessProfile;
import io.hsu.ProcessSpec;
import io.hsu.Restart;
import io.hsu.RetryBudget;
import io.hsu.Rotation;
import io.hsu.Severity;
import io.hsu.Signal;
import io.hsu.StreamKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A file with every key that is supported, and the Java that says the same. */
class EquivalenceTest extends ConfigTestBase {

    @Test
    void nestedShape_everyKey() {
        ProcessSpec db = ProcessSpec.builder("db")
                .profile(ProcessProfile.DATABASE)
                .enabled(false)
                .metadata(new Metadata("Database", "Keeps the orders", "16.2", List.of("storage", "critical")))
                .command("/opt/db/bin/server", "--data", "/var/db", "--workers", "4")
                .environment("LANG", "C")
                .environment("WORKERS", "4")
                .clearEnvironment()
                .environmentFile(Path.of("/etc/db.env"))
                .workingDirectory(Path.of("/var/db"))
                .startTimeout(ofSeconds(90))
                .stopTimeout(ofSeconds(25))
                .stopSignal(Signal.INT)
                .stopCommand("/opt/db/bin/ctl", "stop")
                .successExitCodes(0, 143)
                .restart(Restart.unlessStopped()
                        .maxRetries(4)
                        .backoff(Backoff.exponential(ofSeconds(2), 2))
                        .onHealthFailure(RetryBudget.unlimited(Backoff.exponential(ofSeconds(1), 1)))
                        .severityMultiplier(Severity.CRITICAL, 1.5)
                        .profileMultiplier(ProcessProfile.BATCH, 6)
                        .profileMultiplier(ProcessProfile.WEB, 0.5)
                        .profileMultiplier(ProcessProfile.DATABASE, 7)
                        .profileMultiplier(ProcessProfile.WORKER, 3)
                        .profileMultiplier(ProcessProfile.SCHEDULER, 3.5)
                        .profileMultiplier(ProcessProfile.DEFAULT, 1.1)
                        .startupGrace(ofMinutes(5))
                        .circuitBreaker(new CircuitBreaker(7, ofSeconds(90), ofMinutes(10)))
                        .resetAfter(ofMinutes(2)))
                .healthCheck(
                        HealthChecks.exec("/opt/db/bin/ctl", "ping", "1"),
                        check -> check.enabled(true)
                                .every(ofSeconds(20))
                                .timeout(ofSeconds(4))
                                .initialDelay(ofSeconds(6))
                                .failAfter(5)
                                .recoverAfter(2))
                .readinessCheck(
                        HealthChecks.tcp("localhost", 5432),
                        check -> check.every(ofSeconds(3)).timeout(ofSeconds(1)))
                .startupCheck(HealthChecks.logLine("ready to accept"), check -> check.failAfter(60))
                .output(output -> output.captureStdout(false)
                        .capture(OutputCapture.PIPE)
                        .overflow(Overflow.DROP)
                        .lineLimit(128 * 1024)
                        .spoolLimit(Bytes.gib(1))
                        .keptLines(0)
                        .filter(LogFilter.none()
                                .minLevel(io.hsu.LogLevel.WARN)
                                .include(Pattern.compile("GET"))
                                .include(Pattern.compile("POST")))
                        .fields()
                        .to(inDb(LogTarget.file("/var/log/{process_id}.err")
                                .only(StreamKind.STDERR)
                                .prefix("!")
                                .rotation(Rotation.ofSize(Bytes.mib(10))
                                        .maxFiles(0)
                                        .maxAge(ofHours(12))
                                        .compressed())))
                        .to(inDb(LogTarget.stderr().only(StreamKind.STDERR).prefix("[{process_id}]")))
                        .to(inDb(LogTarget.slf4j()))
                        .to(inDb(LogTarget.of("queue", Map.of("topic", "db", "retries", 3L))
                                .format(LogFormat.JSON))))
                .build();
        ProcessSpec api = ProcessSpec.builder("api")
                .command("bin/api")
                .workingDirectory(Path.of("bin"))
                .environment("MODE", "production")
                .environment("EMPTY", "")
                .healthCheck(FakeHttp.get("http://localhost:8080/health"))
                .dependsOn("db", Condition.HEALTHY)
                .output(output -> output.capture(OutputCapture.SPOOL)
                        .lineLimit(4096)
                        .spoolLimit(Bytes.mib(2))
                        .keptLines(2000)
                        .filter(LogFilter.none()
                                .minLevel(io.hsu.LogLevel.DEBUG)
                                .include(Pattern.compile("GET"))
                                .include(Pattern.compile("POST"))
                                .exclude(Pattern.compile("^DEBUG: health"))
                                .exclude(Pattern.compile("heartbeat")))
                        .fields(LogField.MANAGER_ID, LogField.HOST, LogField.TIMESTAMP, LogField.SEQUENCE)
                        .parsers(LogParser.LOGFMT)
                        .to(inApi(LogTarget.file("{process_id}-stdout.log")
                                .only(StreamKind.STDOUT)
                                .format(LogFormat.ENHANCED_PLAIN)
                                .rotation(Rotation.defaults().maxFiles(5))))
                        .to(inApi(LogTarget.stdout().only(StreamKind.STDOUT).prefix("[out]")))
                        .to(inApi(LogTarget.file("{process_id}-stderr.log").only(StreamKind.STDERR)))
                        .to(inApi(LogTarget.stderr())))
                .build();

        HsuConfig config = load(resource("nested.yaml"));

        assertEquals(List.of(db, api), config.processes());
        assertEquals(config.processes(), config.toBuilder().processes());
        assertEquals(50060, config.port());
        assertEquals(LogLevel.DEBUG, config.logLevel());
        assertEquals(ofSeconds(45), config.forceShutdownTimeout());
        assertEquals(Path.of("/var/lib/hsu/logs"), config.logDirectory());
        assertEquals(
                BuilderView.of(ProcessManager.builder()
                        .forceShutdownTimeout(ofSeconds(45))
                        .logDirectory(Path.of("/var/lib/hsu/logs"))
                        .stateDirectory(Path.of("/var/lib/hsu/state"))
                        .processLogDirectory("managed-process")
                        .reportOutputEvery(ofMinutes(1))
                        .aggregate(LogTarget.stdout()
                                .format(LogFormat.ENHANCED_PLAIN)
                                .prefix("[AGGREGATED]")
                                .bufferSize(Bytes.kib(512))
                                .flushInterval(ofSeconds(2)))
                        .aggregate(LogTarget.file("aggregated.log")
                                .format(LogFormat.JSON)
                                .bufferSize(Bytes.kib(512))
                                .flushInterval(ofSeconds(2)))
                        .process(db)
                        .process(api)),
                BuilderView.of(config.toBuilder()));
    }

    private static LogTarget inDb(LogTarget target) {
        return target.bufferSize(Bytes.kib(256)).flushInterval(Duration.ZERO);
    }

    private static LogTarget inApi(LogTarget target) {
        return target.bufferSize(Bytes.mib(2)).flushInterval(ofSeconds(3));
    }

    @Test
    void flatShape_everyKey() {
        ProcessSpec worker = ProcessSpec.builder("worker")
                .command("./worker", "--port", "8080")
                .workingDirectory(Path.of("/opt/service"))
                .environment("SERVICE_ENV", "production")
                .environmentFile(Path.of("/etc/worker.env"))
                .startTimeout(ofSeconds(60))
                .stopTimeout(ofSeconds(15))
                .stopSignal(Signal.QUIT)
                .stopCommand("/opt/service/stop")
                .successExitCodes(Set.of(0, 3))
                .dependsOn("migration")
                .restart(Restart.always()
                        .maxRetries(8)
                        .backoff(Backoff.exponential(ofMillis(500), 3))
                        .resetAfter(ofDays(1))
                        .circuitBreaker(new CircuitBreaker(5, ofSeconds(60), ofDays(7))))
                .healthCheck(
                        FakeHttp.get("http://localhost:8080/health"),
                        check -> check.every(ofSeconds(10))
                                .timeout(ofSeconds(5))
                                .failAfter(3)
                                .recoverAfter(2)
                                .initialDelay(ofSeconds(1)))
                .readinessCheck(
                        HealthChecks.file(Path.of("/run/worker.ready")),
                        check -> check.every(ofSeconds(1)).timeout(ofMillis(500)))
                .startupCheck(FakeHttp.get("http://localhost:8080/startup"), check -> check.failAfter(9))
                .output(output -> output.captureStderr(false)
                        .overflow(Overflow.DROP)
                        .lineLimit(256)
                        .spoolLimit(Bytes.mib(1))
                        .to(LogTarget.stdout().bufferSize(8192)))
                .build();
        ProcessSpec migration = ProcessSpec.builder("migration")
                .command("migrate")
                .restart(Restart.never())
                .output(output -> output.to(LogTarget.stdout()))
                .build();

        HsuConfig config = load(resource("flat.yaml"));

        assertEquals(List.of(worker, migration), config.processes());
    }

    @Test
    void checks_ofEveryKind() {
        ProcessSpec orders = ProcessSpec.builder("orders")
                .integrated()
                .metadata(new Metadata("Orders", "", "", List.of()))
                .command("orders", "--verbose")
                .restart(Restart.always())
                .stopTimeout(ofSeconds(20))
                .healthCheck(
                        HealthChecks.named("grpc", Map.of()),
                        check -> check.enabled(true)
                                .every(ofSeconds(15))
                                .timeout(ofSeconds(3))
                                .initialDelay(ofSeconds(4))
                                .failAfter(4)
                                .recoverAfter(3))
                .readinessCheck(new FakeGrpc(Optional.empty(), "shop.Orders", "", Map.of(), false, "", "", ""))
                .build();
        ProcessSpec gateway = ProcessSpec.builder("gateway")
                .command("gateway")
                .healthCheck(
                        new FakeGrpc(
                                Optional.of("localhost:8443"),
                                "",
                                "proto.CoreService/Ping",
                                Map.of("authorization", "Bearer abcdef"),
                                true,
                                "/etc/gateway.p12",
                                "changeit",
                                "gateway.example.com"),
                        check -> check.every(ofSeconds(5)))
                .healthCheck(new FakeHttp("http://localhost:8080/", "HEAD", Map.of(), ""), check -> check.name("web"))
                .startupCheck(HealthChecks.tcp("localhost", 8443), check -> {})
                .startupCheck(HealthChecks.logLine("schema is up to date"), check -> check.name("migrated"))
                .build();
        ProcessSpec ledger = ProcessSpec.builder("ledger")
                .command("ledger")
                .healthCheck(FakeGrpc.at("localhost:50051"), check -> check.every(ofSeconds(20)))
                .healthCheck(
                        HealthChecks.process(), check -> check.name("alive").enabled(false))
                .build();
        ProcessManagerBuilder java = ProcessManager.builder()
                .process(orders)
                .process(gateway)
                .process(ledger)
                .integratedProcess(
                        "billing",
                        process -> process.command("billing")
                                .healthCheck(FakeGrpc.atItsPort(), check -> check.failAfter(5)))
                .integratedProcess("audit", process -> process.command("audit"))
                .integratedProcess(
                        "reports",
                        process -> process.command("reports")
                                .healthCheck(HealthChecks.named("grpc", Map.of()), check -> check.every(ofMinutes(1))));

        HsuConfig config = load(resource("checks.yaml"));

        assertEquals(java.processes(), config.processes());
        assertEquals(java.processes(), config.toBuilder().processes());
    }

    /** Not by a manager, which may have a launcher that cannot be notified. */
    @Test
    void notify_inBothRoles() {
        ProcessSpec expected = ProcessSpec.builder("a")
                .command("/bin/sh")
                .workingDirectory(Path.of("/bin"))
                .healthCheck(
                        HealthChecks.systemdNotify(),
                        check -> check.every(ofSeconds(10)).timeout(ofSeconds(1)))
                .readinessCheck(HealthChecks.systemdNotify())
                .build();
        String yaml = flat("health_check: {type: notify, run_options: {interval: 10s, timeout: 1s}}")
                + "    readiness_check: {type: notify, notify: {}}\n";

        assertEquals(List.of(expected), loader.load(write(yaml)).processes());
    }

    @Test
    void bothShapes_inOneFile() {
        String nested = resource("nested.yaml");
        String flat = resource("flat.yaml");
        int list = nested.indexOf("\nlog_collection:") + 1;
        String mixed = nested.substring(0, list) + flat.substring(flat.indexOf("  - id:")) + nested.substring(list);

        assertEquals(
                List.of("db", "api", "worker", "migration"),
                load(mixed).processes().stream().map(ProcessSpec::id).toList());
    }

    @Test
    void lineEndsOfWindows_makeNoDifference() {
        for (String name : List.of("nested.yaml", "flat.yaml", "checks.yaml")) {
            assertEquals(
                    load(resource(name)).processes(),
                    load(resource(name).replace("\n", "\r\n")).processes(),
                    name);
        }
    }

    @Test
    void theLeastThereIs() {
        assertEquals(
                ProcessSpec.builder("a").command("sh").build(),
                process(
                        "managed_processes: [{id: a, type: standard_managed, management: {control: {executable: sh}}}]"));
    }

    @Test
    void noProcesses() {
        assertEquals(List.of(), load("managed_processes: []").processes());
        assertEquals(List.of(), load("managed_processes:").processes());
        assertEquals(List.of(), load("process_manager: {}").processes());
    }

    @Test
    void noProcesses_isAWarning_unlessItIsSaid() {
        List<String> warning = List.of(
                "1:1: names no processes, so nothing will be started; write 'managed_processes: []' if that is meant");

        assertEquals(warning, warnings("process_manager: {port: 1}"));
        assertEquals(warning, warnings("managed_processes:"));
        assertEquals(List.of(), warnings("managed_processes: []"));
    }
}
