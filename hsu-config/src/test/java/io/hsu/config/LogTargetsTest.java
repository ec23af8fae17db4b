package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Bytes;
import io.hsu.LogFormat;
import io.hsu.LogTarget;
import io.hsu.Rotation;
import io.hsu.StreamKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets the lines. */
class LogTargetsTest extends ConfigTestBase {

    private static final String LIST = "log_collection: {default: {outputs: {forwarding: [%s]}}}";
    private static final String AT = "log_collection.default.outputs.forwarding[0]";
    private static final String TYPES =
            "file, stdout, process_manager_stdout, stderr, process_manager_stderr, slf4j, queue";

    /** {@return what becomes of one target} */
    private LogTarget target(String target) {
        List<LogTarget> targets =
                process(onProcess("") + LIST.formatted(target)).output().targets();
        assertEquals(1, targets.size());
        return targets.get(0);
    }

    private void assertRefused(String target, String... expected) {
        assertError(LIST.formatted(target), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdout", "process_manager_stdout", "Process-Manager-Stdout"})
    void managerStdout(String type) {
        assertEquals(
                LogTarget.stdout().prefix("[x]"), target("{type: %s, prefix: '[x]', format: Plain}".formatted(type)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stderr", "process_manager_stderr"})
    void managerStderr(String type) {
        assertEquals(LogTarget.stderr(), target("{type: %s}".formatted(type)));
    }

    @ParameterizedTest
    @CsvSource({
        "plain, PLAIN",
        "enhanced_plain, ENHANCED_PLAIN",
        "Enhanced-Plain, ENHANCED_PLAIN",
        "json, JSON",
        "structured_json, JSON",
        "STRUCTURED-JSON, JSON"
    })
    void formats(String word, LogFormat expected) {
        assertEquals(LogTarget.stdout().format(expected), target("{type: stdout, format: %s}".formatted(word)));
    }

    @Test
    void file_withEverything() {
        assertEquals(
                LogTarget.file("a/{process_id}.log")
                        .format(LogFormat.ENHANCED_PLAIN)
                        .prefix("{process_id}:")
                        .rotation(Rotation.defaults().maxAge(Duration.ofDays(3)).compressed()),
                target(
                        "{type: file, path: 'a/{process_id}.log', format: enhanced_plain, prefix: '{process_id}:', rotation: {max_age: 3d, compress: true}}"));
    }

    @Test
    void rotation_beginsWithTheDefault() {
        assertEquals(LogTarget.file("x"), target("{type: file, path: x, rotation: {}}"));
        assertEquals(
                LogTarget.file("x").rotation(Rotation.defaults().maxSize(Bytes.kib(1))),
                target("{type: file, path: x, rotation: {max_size: 1024, compress: false}}"));
        assertEquals(
                LogTarget.file("x").rotation(Rotation.defaults().maxFiles(0)),
                target("{type: file, path: x, rotation: {max_files: 0}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_size: 1023 | maxSize must be 1024 bytes or more, but is 1023",
                "max_size: 50XB | must be a size such as '512KB', '50MB' or '1GB', or a number of bytes, but is '50XB'",
                "max_files: -1 | must be a whole number, 0 or more, but is '-1'",
                "max_age: 0s | maxAge must be above zero, but is 0s",
                "max_age: 3 | a duration needs a unit, but '3' has none; write '3s' for seconds or '3ms' for milliseconds",
                "compress: gzip | must be true or false, but is 'gzip'"
            })
    void rotation_wrong(String pair, String message) {
        String key = pair.substring(0, pair.indexOf(':'));

        assertRefused(
                "{type: file, path: x, rotation: {" + pair + "}}",
                "1:%d: %s.rotation.%s: %s".formatted(86 + key.length(), AT, key, message));
    }

    @Test
    void wrong() {
        assertRefused("{path: x}", "1:51: " + AT + ".type: is missing; write one of " + TYPES);
        assertRefused("{type: file}", "1:51: " + AT + ".path: is missing; write where the file is to be");
        assertRefused(
                "{type: slf4j, path: x}",
                "1:65: " + AT + ".path: is only for targets of type file, but this one is of type slf4j");
        assertRefused(
                "{type: stderr, rotation: {max_files: x}}",
                "1:66: " + AT + ".rotation: is only for targets of type file, but this one is of type stderr");
        assertRefused(
                "{type: stdout, format: xml}",
                "1:74: " + AT + ".format: must be one of plain, enhanced_plain, json, but is 'xml'");
        assertRefused("file", "1:51: " + AT + ": must be a mapping of keys and values, but is a text");
        assertRefused("{type: file, path: \"a\\0b\"}", "1:70: " + AT + ".path: Nul character not allowed: a\0b");
        assertRefused(
                "{type: file, path: x, colour: red}",
                "1:73: " + AT + ".colour: unknown key 'colour'; known are type, rotation, path, format, prefix");
    }

    @Test
    void everythingWrong_isToldTogether() {
        assertRefused(
                "{type: printer, format: xml, prefix: [a]}",
                "1:58: " + AT + ".type: unknown target type 'printer'; available are " + TYPES
                        + "; add the module that provides it, or a LogSinkProvider",
                "1:75: " + AT + ".format: must be one of plain, enhanced_plain, json, but is 'xml'",
                "1:88: " + AT + ".prefix: must be a text, but is a list");
    }

    @Test
    void whatAFormMeansNothingTo() {
        String slf4j = "means nothing to slf4j, where the logging framework decides how lines are written; remove it";

        assertRefused("{type: slf4j, prefix: x}", "1:65: " + AT + ".prefix: " + slf4j);
        assertRefused("{type: slf4j, format: json}", "1:65: " + AT + ".format: " + slf4j);
        assertEquals(LogTarget.slf4j(), target("{type: slf4j, format: plain, prefix: ''}"));
        assertRefused(
                "{type: stdout, format: json, prefix: x}",
                "1:80: " + AT
                        + ".prefix: means nothing to format json, where each line is a JSON object and nothing else; remove it, or change the format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"syslog", "elasticsearch"})
    void reservedTypes_needAProvider(String type) {
        String message = ".type: unknown target type '" + type + "'; available are " + TYPES
                + "; add the module that provides it, or a LogSinkProvider";

        assertRefused("{type: " + type + ", facility: user, path: /dev/log}", "1:58: " + AT + message);
        loader = loader.lenient();
        assertRefused("{type: " + type + "}", "1:58: " + AT + message);
    }

    @Test
    void types_misspelled() {
        assertRefused(
                "{type: slf4}",
                "1:58: " + AT + ".type: unknown target type 'slf4'; available are " + TYPES
                        + "; did you mean 'slf4j'?");
    }

    @Test
    void types_thatAClassLoaderDoesNotSee() {
        loader = HsuConfig.loader().logSink(new FakeQueue()).classLoader(ClassLoader.getPlatformClassLoader());

        assertRefused(
                "{type: file, path: x}",
                "1:58: " + AT
                        + ".type: unknown target type 'file'; available are queue; add the module that provides it, or a LogSinkProvider");
    }

    @Test
    void ofAProvider_everyOtherKeyIsASetting() {
        assertEquals(
                LogTarget.of("queue", Map.of("topic", "logs", "retries", 2L, "labels", Map.of("a", "b"), "path", "x"))
                        .format(LogFormat.JSON),
                target("{type: QUEUE, topic: logs, retries: 2, labels: {a: b}, path: x, format: json, unset: }"));
        assertEquals(
                LogTarget.of("queue", Map.of("topic", "logs")).prefix("p"),
                target("{type: queue, topic: logs, prefix: p}"));
    }

    @Test
    void ofAProvider_isTriedOutOncePerTarget() {
        FakeQueue queue = new FakeQueue();
        loader = HsuConfig.loader().logSink(queue);

        HsuConfig config = loader.load(write(inControl("""
                log_collection:
                  outputs:
                    separate: {stderr: [{type: queue, topic: own, path: '{process_id}/{stream}'}]}
                """) + """
                process_manager: {base_directory: /base}
                log_collection:
                  global_aggregation: {targets: [{type: queue, topic: whole, path: '{process_id}/{stream}'}]}
                  default:
                    outputs: {forwarding: [{type: queue, topic: each, format: json}]}
                """));

        assertEquals(
                List.of(
                        "file " + Path.of("/base/logs/{process_id}/output"),
                        "whole for both of all, PLAIN",
                        "each for both of any-process, JSON",
                        "file " + Path.of("/base/logs/a/stderr"),
                        "own for STDERR of a, PLAIN"),
                queue.made);
        assertEquals(3, queue.closed);
        assertSame(queue, BuilderView.logSinks(config.toBuilder()).get(0), "the manager has it, too");
    }

    @Test
    void ofAProvider_wrong() {
        assertRefused("{type: queue}", "1:58: " + AT + ".type: topic is missing");
        assertRefused("{type: queue, topci: x}", "1:65: " + AT + ".topci: unknown key 'topci'; did you mean 'topic'?");
        assertRefused(
                "{type: queue, topic: x, rotation: {}}",
                "1:75: " + AT + ".rotation: unknown key 'rotation'; known are labels, path, retries, topic");
        assertRefused(
                "{type: queue, topic: x, retries: 10}",
                "1:84: " + AT + ".retries: retries must be from 0 to 9, but is 10");
        assertRefused(
                "{type: queue, topic: BREAK}",
                "1:58: " + AT + ".type: the target cannot be made: java.lang.IllegalStateException: out of order");
        assertRefused(
                "{type: queue, topic: STUCK}",
                "1:58: " + AT + ".type: the target cannot be made: java.io.IOException: stuck");
    }

    @Test
    void ofAProvider_secretsAreNotShown() {
        loader = loader.environment(Map.of("TOPIC", "amqp:s3cr3t@host"));

        assertRefused(
                "{type: queue, topic: '${env:TOPIC}'}", "1:72: " + AT + ".topic: topic '${env:TOPIC}' must be a name");
        assertRefused(
                "{type: queue, topic: '${env:NONE}'}",
                "1:72: " + AT
                        + ".topic: environment variable NONE is not set; set it, or give a default: ${env:NONE:-...}");
    }

    @Test
    void twoProvidersOfOneType() {
        HsuConfig.Loader twice = loader.logSink(new FakeQueue());
        Path file = write("managed_processes: []");

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> twice.load(file));
        assertTrue(e.getMessage().startsWith("two log targets are named 'Queue'"), e.getMessage());
    }

    @Test
    void oneFile_ofSeveralTargets_mustBeRotatedInOneWay() {
        String message =
                "writes the file that the target in line %d writes, but rotates it in another way; write the same rotation, or another path";

        assertError("""
                log_collection:
                  default:
                    outputs:
                      separate:
                        stdout: [{type: file, path: 'x/../{process_id}-{stream}.log'}]
                        stderr: [{type: file, path: '{process_id}-stdout.log', rotation: {max_files: 1}}]
                managed_processes:
                  - {id: a, type: standard_managed, management: {control: {executable: /bin/sh}}}
                  - {id: b, type: standard_managed, management: {control: {executable: /bin/sh}}}
                """, "6:18: log_collection.default.outputs.separate.stderr[0]: " + message.formatted(5));
        assertError(onProcess("") + """
                process_manager: {base_directory: /base}
                log_collection:
                  system: {process_directory: each}
                  global_aggregation: {targets: [{type: file, path: each/a.log}]}
                  default: {outputs: {forwarding: [{type: file, path: a.log, rotation: {compress: true}}, {type: file, path: /base/logs/each/a.log}]}}
                """, "9:36: log_collection.default.outputs.forwarding[0]: " + message.formatted(8));
    }

    @Test
    void oneFile_rotatedInOneWay() {
        assertEquals(
                3,
                process(
                                onProcess("")
                                        + LIST.formatted(
                                                "{type: file, path: stdout, rotation: {max_files: 1}}, {type: file, path: stdout, rotation: {max_files: 1}}, {type: file, path: '{stream}'}"))
                        .output()
                        .targets()
                        .size());
    }

    @Test
    void oneFile_ofTargetsThatAreOff() {
        String two = "{type: file, path: x, rotation: {max_files: 1}}, {type: file, path: x, rotation: {max_files: 2}}";

        assertEquals(
                0,
                process(onProcess("") + LIST.formatted(two).replace("{default", "{enabled: false, default"))
                        .output()
                        .targets()
                        .size());
    }

    @Test
    void streams() {
        List<LogTarget> targets = process(onProcess("") + """
                log_collection:
                  default:
                    outputs:
                      separate:
                        stderr: [{type: stdout}]
                        stdout: [{type: stderr}]
                      forwarding: [{type: slf4j}]
                """).output().targets();

        assertEquals(
                List.of(
                        LogTarget.stderr().only(StreamKind.STDOUT),
                        LogTarget.stdout().only(StreamKind.STDERR),
                        LogTarget.slf4j()),
                targets);
    }
}
