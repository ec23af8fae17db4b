package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key that HSU process managers know is acted on, refused as not supported yet, or accepted with a warning. */
class DocumentedKeysTest extends ConfigTestBase {

    /** What a lenient load does without them. */
    private static String warning(String known) {
        String without = known.contains(": type") ? "the process is left out" : "ignored";
        return known + " is not supported yet; " + without;
    }

    /** What a strict load says about each documented key that does nothing: path, what is named. */
    private static final List<String> NESTED = List.of(
            "process_manager.http_port: 'http_port'",
            "managed_processes[0].type: type 'unmanaged'",
            "managed_processes[1].ephemeral: 'ephemeral'",
            "managed_processes[1].user: 'user'",
            "managed_processes[1].group: 'group'",
            "managed_processes[1].umask: 'umask'",
            "managed_processes[1].management.standard_managed.control.process_file: 'process_file'");

    private static final List<String> FLAT = List.of(
            "managed_processes[0].management.control.ephemeral: 'ephemeral'",
            "managed_processes[0].management.control.user: 'user'",
            "managed_processes[0].management.control.group: 'group'",
            "managed_processes[0].management.control.umask: 'umask'",
            "managed_processes[0].management.discovery: 'discovery'");

    @Test
    void strict_refusesWhatIsToCome() {
        assertEquals(
                NESTED.stream()
                        .map(known -> known + " is not supported yet; remove it, or load leniently to go without it")
                        .toList(),
                problems(resource("documented-nested.yaml")).stream()
                        .map(problem -> problem.path() + ": " + problem.message())
                        .toList());
        assertEquals(
                FLAT.stream()
                        .map(known -> known + " is not supported yet; remove it, or load leniently to go without it")
                        .toList(),
                problems(resource("documented-flat.yaml")).stream()
                        .map(problem -> problem.path() + ": " + problem.message())
                        .toList());
    }

    @Test
    void lenient_goesWithout() {
        loader = loader.lenient();

        HsuConfig nested = load(resource("documented-nested.yaml"));
        HsuConfig flat = load(resource("documented-flat.yaml"));

        List<String> expected = Stream.concat(
                        NESTED.stream().map(DocumentedKeysTest::warning),
                        Stream.of(
                                "managed_processes[1].depends_on.db: 'db' is left out, so nothing waits for it",
                                "managed_processes[1].management.standard_managed.control.restart: 'restart' is read by no HSU process manager; remove it",
                                "log_collection.system.max_processes: 'max_processes' is read by no HSU process manager; remove it"))
                .sorted()
                .toList();
        assertEquals(
                expected,
                nested.warnings().stream()
                        .map(problem -> problem.path() + ": " + problem.message())
                        .sorted()
                        .toList());
        assertEquals(
                FLAT.stream().map(DocumentedKeysTest::warning).toList(),
                flat.warnings().stream()
                        .map(problem -> problem.path() + ": " + problem.message())
                        .toList());
        assertEquals(
                List.of("my-service", "rpc", "integrated"),
                nested.processes().stream().map(spec -> spec.id()).toList());
    }

    static Stream<String> documentedKeys() {
        // Without what stands below a key that is refused as a whole.
        return Stream.of("""
                process_manager port http_port log_level force_shutdown_timeout base_directory
                managed_processes id type profile_type enabled management depends_on condition
                readiness_check startup_check stop_signal stop_command success_exit_codes ephemeral clear_environment
                environment_file user group umask circuit_breaker failures window cooldown reset_after
                unmanaged integrated_managed standard_managed metadata name description version tags
                control execution executable_path args environment working_directory wait_delay
                process_file restart restart_policy context_aware_restart default health_failures resource_violations
                max_retries retry_delay backoff_rate severity_multipliers warning critical emergency
                process_profile_multipliers batch web database worker scheduler startup_grace_period
                sustained_violation_time spike_tolerance_time limits graceful_timeout log_collection
                health_check http http_endpoint grpc tcp exec run_options interval timeout initial_delay retries
                health_check_run_options discovery
                executable arguments startup_timeout shutdown_timeout failure_threshold grpc_service
                grpc_health_check resource_limits strategy max_attempts restart_delay backoff_multiplier
                logging capture_stdout capture_stderr buffer_size
                global_aggregation targets enhancement add_process_manager_id add_hostname add_timestamp add_sequence
                add_line_number buffering size flush_interval max_lines processing parse_structured add_metadata filters
                level_filter include_patterns exclude_patterns parsers config capture overflow line_limit spool_limit
                outputs separate stdout stderr forwarding path format prefix rotation max_size max_files max_age compress
                system process_directory max_managed_processes metrics max_processes
                """.strip().split("\\s+"));
    }

    @ParameterizedTest
    @MethodSource("documentedKeys")
    void everyKey_isInAFileOfTheseTests(String key) {
        String files = Stream.of(
                        "nested.yaml", "flat.yaml", "checks.yaml", "documented-nested.yaml", "documented-flat.yaml")
                .map(ConfigTestBase::resource)
                .reduce("", String::concat);

        assertTrue(
                files.matches("(?s).*(^|[\\s{,])" + key + ":.*"),
                key + " must stand in one of the files that show what becomes of it");
    }

    @ParameterizedTest
    @MethodSource("documentedKeys")
    void everyKey_isDocumented(String key) {
        String page = DocsTest.page();

        assertTrue(page.contains("`" + key + "`"), key + " is missing in docs/configuration.md");
    }
}
