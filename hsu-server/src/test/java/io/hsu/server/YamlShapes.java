package io.hsu.server;

/** One set of six processes, written in each way that HSU process managers read. */
final class YamlShapes {

    private static final String TAIL = """
            log_collection:
              default:
                outputs:
                  forwarding: [{type: process_manager_stdout, format: plain, prefix: "[{process_id}] "}]
            """;

    private static final String HEAD = """
            process_manager:
              port: 50055
              log_level: "warn"
              force_shutdown_timeout: "20s"
            managed_processes:
            """;

    static String sixProcesses(String shape, String url) {
        return switch (shape) {
            case "flat" -> HEAD + flatHalf(url) + flatOtherHalf() + TAIL;
            case "nested" -> HEAD + nestedHalf(url) + nestedOtherHalf() + TAIL;
            case "mixed" -> HEAD + nestedHalf(url) + flatOtherHalf() + TAIL;
            default -> throw new IllegalArgumentException(shape);
        };
    }

    private static String flatHalf(String url) {
        return """
                - id: web
                  type: standard_managed
                  profile_type: web
                  management:
                    control: {executable: /bin/sh, arguments: ["-c", "exec sleep 1000"], startup_timeout: 10s}
                    health_check: {enabled: true, interval: 200ms, timeout: 100ms, failure_threshold: 1000, http_endpoint: "%s"}
                - id: worker
                  type: standard_managed
                  profile_type: worker
                  management:
                    control: {executable: sh, arguments: ["-c", "echo working; sleep 1000 & wait"], environment: {A: "1"}}
                    restart_policy: {strategy: always, max_attempts: 3, restart_delay: 1s, backoff_multiplier: 1.5}
                - id: tree
                  type: standard_managed
                  management:
                    control: {executable: sh, arguments: ["-c", "sh -c 'sleep 1000 & sleep 1000' & wait"], working_directory: /}
                """.formatted(url);
    }

    private static String flatOtherHalf() {
        return """
                - id: db
                  type: standard_managed
                  profile_type: database
                  readiness_check: {type: log-line, log-line: {pattern: "^ready"}}
                  management:
                    control: {executable: sh, arguments: ["-c", "sleep 0.2; echo ready; exec sleep 1000"]}
                - id: api
                  type: standard_managed
                  depends_on: [db]
                  management:
                    control: {executable: sleep, arguments: ["1000"], shutdown_timeout: 5s}
                - id: late
                  type: standard_managed
                  depends_on: {api: {condition: started}, db: {condition: started}}
                  management:
                    control: {executable: sh, arguments: ["-c", "exec sleep 1000"]}
                    restart_policy: {strategy: never}
                """;
    }

    private static String nestedHalf(String url) {
        return """
                - id: web
                  type: standard_managed
                  profile_type: web
                  management:
                    standard_managed:
                      metadata: {name: Web, description: a web server, version: "1", tags: [a, b]}
                      control:
                        execution: {executable_path: /bin/sh, args: ["-c", "exec sleep 1000"], wait_delay: 10s}
                        restart_policy: on-failure
                        graceful_timeout: 5s
                      health_check:
                        type: http
                        http: {url: "%s", method: GET, headers: {X-Test: "1"}}
                        run_options: {enabled: true, interval: 200ms, timeout: 100ms, initial_delay: 0s, retries: 1000}
                - id: worker
                  type: standard_managed
                  management:
                    standard_managed:
                      control:
                        execution: {executable_path: sh, args: ["-c", "echo working; sleep 1000 & wait"], environment: ["A=1"]}
                        restart_policy: always
                        context_aware_restart: {default: {max_retries: 3, retry_delay: 1s, backoff_rate: 1.5}}
                - id: tree
                  type: standard_managed
                  management:
                    standard_managed:
                      control:
                        execution:
                          executable_path: sh
                          args: ["-c", "sh -c 'sleep 1000 & sleep 1000' & wait"]
                          working_directory: /
                """.formatted(url);
    }

    private static String nestedOtherHalf() {
        return """
                - id: db
                  type: standard_managed
                  readiness_check: {type: log-line, log-line: {pattern: "^ready"}}
                  management:
                    standard_managed:
                      control:
                        execution: {executable_path: sh, args: ["-c", "sleep 0.2; echo ready; exec sleep 1000"]}
                - id: api
                  type: standard_managed
                  depends_on: [db]
                  management:
                    standard_managed:
                      control:
                        execution: {executable_path: sleep, args: ["1000"]}
                        graceful_timeout: 5s
                - id: late
                  type: standard_managed
                  depends_on: {api: {condition: started}}
                  management:
                    standard_managed:
                      control:
                        execution: {executable_path: sh, args: ["-c", "exec sleep 1000"]}
                        restart_policy: never
                """;
    }

    private YamlShapes() {}
}
