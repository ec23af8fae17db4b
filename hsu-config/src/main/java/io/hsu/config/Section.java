package io.hsu.config;

import java.util.List;

/**
 * A kind of block in a file. The constants are the one table of the documented keys that are not read yet (refused, so
 * that nobody believes in a limit that does not hold), and of those that no implementation has ever read (accepted with a
 * warning, because Go's sample files carry them). A key that is asked for while reading counts as supported, even if it
 * stands here.
 *
 * @param notYet documented keys that are refused for now
 * @param unread keys that mean nothing and do no harm
 * @param extensions whether keys that begin with {@code x-} are the user's own, to put anchors on
 */
record Section(List<String> notYet, List<String> unread, boolean extensions) {

    static final Section FILE = new Section(List.of(), List.of(), true);
    static final Section PROCESS_MANAGER = section("http_port");

    static final Section PROCESS = section("ephemeral", "user", "group", "umask");
    static final Section MANAGEMENT = section("unmanaged", "discovery");
    static final Section TYPE = section("discovery");
    static final Section METADATA = section();
    static final Section NESTED_CONTROL =
            section("process_file", "ephemeral", "user", "group", "umask").butNobodyReads("restart");
    static final Section EXECUTION = section();
    static final Section FLAT_CONTROL = section("ephemeral", "user", "group", "umask");
    static final Section DEPENDENCY = section();

    static final Section CONTEXT_AWARE_RESTART = section();
    static final Section LIMITS = section();
    static final Section ADJUSTMENT = section();
    static final Section MONITORING = section();
    static final Section RESTART_POLICY = section();
    static final Section RETRIES = section();
    static final Section SEVERITIES = section();
    static final Section PROFILES = section();
    static final Section CIRCUIT_BREAKER = section();

    static final Section HEALTH_CHECK = section();
    static final Section RUN_OPTIONS = section();

    static final Section LOGGING = section();
    static final Section LOG_COLLECTION = section();
    static final Section AGGREGATION = section();
    static final Section ENHANCEMENT = section();
    static final Section ENHANCEMENT_METADATA = section();
    static final Section LOG_SYSTEM = section().butNobodyReads("max_processes");
    static final Section METRICS = section();
    static final Section LOG_OF_PROCESS = section();
    static final Section BUFFERING = section();
    static final Section PROCESSING = section();
    static final Section FILTERS = section();
    static final Section PARSER = section();
    static final Section PARSER_CONFIG = section();
    static final Section OUTPUTS = section();
    static final Section SEPARATE = section();
    static final Section TARGET = section();
    static final Section ROTATION = section();

    private static Section section(String... notYet) {
        return new Section(List.of(notYet), List.of(), false);
    }

    private Section butNobodyReads(String... keys) {
        return new Section(notYet, List.of(keys), extensions);
    }
}
