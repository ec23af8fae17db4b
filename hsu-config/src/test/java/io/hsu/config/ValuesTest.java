package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.ProcessProfile;
import io.hsu.Restart;
import io.hsu.Signal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, numbers, words and texts. */
class ValuesTest extends ConfigTestBase {

    private static final String TIMEOUT = "2:27: process_manager.force_shutdown_timeout: ";

    private static String timeout(String text) {
        return "process_manager:\n  force_shutdown_timeout: %s\n".formatted(text);
    }

    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "1h30m, PT1H30M",
        "250ms, PT0.25S",
        "1.5s, PT1.5S",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "+2m, PT2M",
        "0s, PT0S",
        "-0s, PT0S",
        "100us, PT0.0001S",
        "100\u00b5s, PT0.0001S",
        "100\u03bcs, PT0.0001S",
        "7ns, PT0.000000007S",
        "3d, PT72H",
        "1w2d, PT216H",
        "0.5d, PT12H",
        "1m1m, PT2M"
    })
    void duration_isRead(String text, Duration expected) {
        assertEquals(expected, load(timeout(text)).forceShutdownTimeout());
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "1.5", "0", "'30'", "-3"})
    void duration_bareNumber(String text) {
        String bare = text.replace("'", "");
        assertError(
                timeout(text),
                TIMEOUT
                        + "a duration needs a unit, but '%1$s' has none; write '%1$ss' for seconds or '%1$sms' for milliseconds"
                                .formatted(bare));
    }

    @Test
    void duration_negative() {
        assertError(timeout("-1m"), TIMEOUT + "must not be negative, but is '-1m'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "1x", "1h 30m", "s", "1,5s", "30S", "''"})
    void duration_somethingElse(String text) {
        assertError(
                timeout(text),
                TIMEOUT
                        + "must be a duration such as '30s', '1.5s', '250ms', '1h30m' or '7d', but is '%s'"
                                .formatted(text.replace("'", "")));
    }

    @Test
    void duration_tooLong() {
        assertError(timeout("99999w"), TIMEOUT + "must be shorter than 292 years, but is '99999w'");
    }

    @Test
    void duration_wrongKind() {
        assertError(timeout("[1s]"), TIMEOUT + "must be a text, but is a list");
        assertError(timeout("{a: 1s}"), TIMEOUT + "must be a text, but is a mapping");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "8192, 8192",
        "+8192, 8192",
        "-0, 0",
        "1KB, 1024",
        "2 kb, 2048",
        "50MB, 52428800",
        "1GB, 1073741824",
        "1.5Mb, 1572864",
        "0.3KB, 307",
        "10KiB, 10240",
        "3 mib, 3145728",
        "2GIB, 2147483648",
        "007KB, 7168",
        "8589934591GB, 9223372035781033984",
        "9223372036854775807, 9223372036854775807"
    })
    void size_isRead(String text, long expected) {
        assertEquals(expected, SizeParser.parse(text, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 | must not be negative, but is '-1'",
                "-2MB | must not be negative, but is '-2MB'",
                "8589934592GB | must be less than 8589934592GB, but is '8589934592GB'",
                "9223372036854775808 | must be less than 8589934592GB, but is '9223372036854775808'"
            })
    void size_outOfRange(String text, String message) {
        assertSizeRefused(text, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "big", "1TB", "1K", "1 B", "1.5", "1,5MB", ".5MB", "1e3", "0x10", "MB", "1  MB", "1MB2", "1_000", "''"
            })
    void size_somethingElse(String text) {
        assertSizeRefused(
                text,
                "must be a size such as '512KB', '50MB' or '1GB', or a number of bytes, but is '%s'"
                        .formatted(text.replace("'", "")));
    }

    @Test
    void size_wrongKind() {
        assertSizeRefused("[1KB]", "must be a text, but is a list");
        assertSizeRefused("{a: 1KB}", "must be a text, but is a mapping");
    }

    @Test
    void size_ofManyDigits() {
        assertSizeRefused(
                "9".repeat(1_000_000),
                "must be a size such as '512KB', '50MB' or '1GB', or a number of bytes, but is '%s...'"
                        .formatted("9".repeat(80)));
    }

    private void assertSizeRefused(String text, String message) {
        assertError(
                "log_collection:\n  system:\n    buffer_size: %s\n".formatted(text),
                "3:18: log_collection.system.buffer_size: " + message);
    }

    @ParameterizedTest
    @CsvSource({"info, INFO", "INFO, INFO", "Warn, WARN", "trace, TRACE", "debug, DEBUG", "error, ERROR"})
    void logLevel_anyCase(String text, LogLevel expected) {
        assertEquals(
                expected, load("process_manager: {log_level: " + text + "}").logLevel());
    }

    @Test
    void logLevel_unknown() {
        assertError(
                "process_manager: {log_level: wran}",
                "1:30: process_manager.log_level: must be one of trace, debug, info, warn, error, but is 'wran'; did you mean 'warn'?");
        assertError(
                "process_manager: {log_level: loud}",
                "1:30: process_manager.log_level: must be one of trace, debug, info, warn, error, but is 'loud'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-failure", "on_failure", "ON_FAILURE", "On-Failure"})
    void words_hyphenOrUnderscore(String word) {
        assertEquals(
                Restart.onFailure(),
                process(flat("restart_policy: {strategy: " + word + "}")).restart());
        assertEquals(
                Restart.onFailure(),
                process(inControl("restart_policy: " + word)).restart());
    }

    @ParameterizedTest
    @CsvSource({"TERM, TERM", "sigterm, TERM", "SIGHUP, HUP", "int, INT", "Kill, KILL"})
    void signal(String text, Signal expected) {
        assertEquals(expected, process(onProcess("stop_signal: " + text)).stopSignal());
    }

    @Test
    void signal_unknown() {
        assertError(
                onProcess("stop_signal: SIGTREM"),
                "5:18: managed_processes[0].stop_signal: must be one of hup, int, quit, abrt, kill, term, but is 'SIGTREM'");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "True, true",
        "yes, true",
        "on, true",
        "'\"true\"', true",
        "false, false",
        "NO, false",
        "off, false"
    })
    void bool(String text, boolean expected) {
        assertEquals(expected, process(onProcess("enabled: " + text)).enabled());
    }

    @Test
    void bool_somethingElse() {
        assertError(
                onProcess("enabled: maybe"),
                "5:14: managed_processes[0].enabled: must be true or false, but is 'maybe'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "80.5", "http", "99999999999999999999", "0x10", "1e3"})
    void port_outOfRange(String text) {
        assertError(
                "process_manager: {port: " + text + "}",
                "1:25: process_manager.port: must be a whole number, from 1 to 65535, but is '%s'".formatted(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65535})
    void port_edges(int port) {
        HsuConfig config = load("process_manager: {port: " + port + "}");

        assertEquals(port, config.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1.5", "NaN", "fast", "1d", "Infinity"})
    void factor_notAboveZero(String text) {
        assertError(
                flat("restart_policy: {backoff_multiplier: " + text + "}"),
                "7:44: managed_processes[0].management.restart_policy.backoff_multiplier: must be a number above 0, but is '%s'"
                        .formatted(text));
    }

    @Test
    void texts_areTakenAsTheyAreWritten() {
        assertEquals(
                List.of("/bin/sh", "8080", "1.10", "0123", "yes", "true"),
                process(flat("").replace("/bin/sh", "/bin/sh\n        arguments: [8080, 1.10, 0123, yes, true]"))
                        .command());
    }

    @Test
    void texts_nothing() {
        assertError(
                flat("").replace("/bin/sh", "/bin/sh\n        arguments: [a, ~]"),
                "7:24: managed_processes[0].management.control.arguments[1]: must be a text, but is empty");
    }

    @Test
    void profile_otherWords_countAsDefault() {
        assertEquals(ProcessProfile.WEB, process(onProcess("profile_type: Web")).profile());
        assertEquals(
                ProcessProfile.DEFAULT,
                process(onProcess("profile_type: gaming")).profile());
        assertEquals(
                List.of(
                        "5:19: managed_processes[0].profile_type: profile 'gaming' counts as default; known are batch, web, database, worker, scheduler, default"),
                warnings(onProcess("profile_type: gaming")));
    }

    @Test
    void wrongKinds() {
        assertError("process_manager: 3", "1:18: process_manager: must be a mapping of keys and values, but is a text");
        assertError("managed_processes: {a: 1}", "1:20: managed_processes: must be a list, but is a mapping");
        assertError(
                "managed_processes: [a]",
                "1:21: managed_processes[0]: must be a mapping of keys and values, but is a text");
    }

    @Test
    void longValue_isCut() {
        assertError(
                timeout("x".repeat(200)),
                TIMEOUT
                        + "must be a duration such as '30s', '1.5s', '250ms', '1h30m' or '7d', but is '%s...'"
                                .formatted("x".repeat(80)));
    }
}
