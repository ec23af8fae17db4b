package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.OutputSpec;
import io.hsu.OutputSpec.Target;
import io.hsu.StreamKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log collection: for all, for one, and switched off. */
class LogBlockTest extends ConfigTestBase {

    private static final String TO_FILES = """
            log_collection:
              default:
                capture_stderr: false
                buffering: {max_lines: 10}
                outputs:
                  separate:
                    stdout: [{type: file, path: out.log}]
                    stderr: [{type: file, path: err.log}]
                  forwarding: [{type: slf4j}]
            """;

    private OutputSpec output(String control, String collection) {
        return process(inControl(control) + collection).output();
    }

    private static OutputSpec.Builder defaults() {
        return OutputSpec.builder().captureStderr(false).keptLines(10);
    }

    @Test
    void nothingSaid() {
        assertEquals(OutputSpec.builder().build(), output("", ""));
    }

    @Test
    void forAll() {
        assertEquals(
                defaults()
                        .target(new Target.File(StreamKind.STDOUT, Path.of("out.log")))
                        .target(new Target.File(StreamKind.STDERR, Path.of("err.log")))
                        .toSlf4j()
                        .build(),
                output("", TO_FILES));
    }

    @Test
    void forOne_keyByKey() {
        assertEquals(
                defaults()
                        .captureStdout(false)
                        .target(new Target.File(StreamKind.STDOUT, Path.of("out.log")))
                        .target(new Target.ManagerStdout(StreamKind.STDERR, ""))
                        .build(),
                output("""
                        log_collection:
                          capture_stdout: false
                          outputs:
                            separate:
                              stderr: [{type: stdout}]
                            forwarding: []
                        """, TO_FILES));
    }

    @Test
    void off_forwardsNothingAndKeepsTheLastLines() {
        OutputSpec quiet = defaults().build();

        assertEquals(quiet, output("log_collection: {enabled: false}", TO_FILES));
        assertEquals(quiet, output("", TO_FILES.replace("  default:", "  enabled: false\n  default:")));
        assertEquals(
                quiet,
                output(
                        "log_collection: {enabled: true}",
                        TO_FILES.replace("  default:", "  enabled: false\n  default:")),
                "the switch of the whole collection wins");
    }

    @Test
    void off_forAllButOne() {
        String off = TO_FILES.replace("default:", "default:\n    enabled: false");

        assertEquals(0, output("", off).targets().size());
        assertEquals(4, output("log_collection: {enabled: true}", off).targets().size());
    }

    @Test
    void logging_inTheFlatShape_isLaidOverTheDefault() {
        OutputSpec output = process(flat("logging: {capture_stdout: false, capture_stderr: true}") + TO_FILES)
                .output();

        assertFalse(output.captures(StreamKind.STDOUT));
        assertTrue(output.captures(StreamKind.STDERR));
        assertEquals(10, output.keptLines());
        assertEquals(4, output.targets().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdout", "process_manager_stdout", "Process-Manager-Stdout"})
    void managerStdout(String type) {
        assertEquals(
                List.of(
                        new Target.ManagerStdout(StreamKind.STDOUT, "[x] "),
                        new Target.ManagerStdout(StreamKind.STDERR, "[x] ")),
                output(
                                "log_collection: {outputs: {forwarding: [{type: %s, prefix: '[x] ', format: Plain}]}}"
                                        .formatted(type),
                                "")
                        .targets());
    }

    @Test
    void targets_wrong() {
        String yaml = "log_collection: {default: {outputs: {forwarding: [%s]}}}";
        String at = "log_collection.default.outputs.forwarding[0]";

        assertError(
                yaml.formatted("{type: printer}"),
                "1:58: " + at
                        + ".type: unknown target type 'printer'; available are file, stdout, process_manager_stdout, stderr, slf4j");
        assertError(
                yaml.formatted("{path: x}"),
                "1:51: " + at + ".type: is missing; write one of file, stdout, process_manager_stdout, stderr, slf4j");
        assertError(yaml.formatted("{type: file}"), "1:51: " + at + ".path: is missing; write where the file is to be");
        assertError(
                yaml.formatted("{type: slf4j, path: x}"),
                "1:65: " + at + ".path: is only for targets of type file, but this one is of type slf4j");
        assertError(
                yaml.formatted("{type: stdout, format: xml}"), "1:74: " + at + ".format: must be plain, but is 'xml'");
        assertError(
                yaml.formatted("{type: file, path: x, prefix: y}"),
                "1:73: " + at
                        + ".prefix: 'prefix' for a file or slf4j is not supported yet; remove it, or load leniently to go without it");
        assertError(yaml.formatted("file"), "1:51: " + at + ": must be a mapping of keys and values, but is a text");
    }

    @Test
    void maxLines_wrong() {
        assertError(
                "log_collection: {default: {buffering: {max_lines: 0}}}",
                "1:51: log_collection.default.buffering.max_lines: must be a whole number, 1 or more, but is '0'");
    }
}
