package io.hsu.config;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Bytes;
import io.hsu.LogFilter;
import io.hsu.LogParser;
import io.hsu.LogTarget;
import io.hsu.OutputCapture;
import io.hsu.OutputSpec;
import io.hsu.Overflow;
import io.hsu.StreamKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about a process's output: for all, for one, and switched off. */
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

    private static final String AT = "log_collection.default.";

    private OutputSpec output(String control, String collection) {
        return process(inControl(control) + collection).output();
    }

    /** {@return the output of a process with a block of its own over one for all} */
    private OutputSpec over(String own, String all) {
        return output("log_collection: " + own, "log_collection: {default: %s}\n".formatted(all));
    }

    private OutputSpec byDefault(String all) {
        return output("", "log_collection: {default: %s}\n".formatted(all));
    }

    private static OutputSpec.Builder defaults() {
        return OutputSpec.builder().captureStderr(false).keptLines(10);
    }

    @Test
    void nothingSaid() {
        assertEquals(OutputSpec.builder().build(), output("", ""));
        assertEquals(OutputSpec.builder().build(), output("", "log_collection: {default: {}}"));
        assertEquals(
                OutputSpec.builder().build(),
                byDefault("{buffering: {}, processing: {filters: {}}, outputs: {separate: {}}}"));
    }

    @Test
    void forAll() {
        assertEquals(
                defaults()
                        .to(LogTarget.file("out.log").only(StreamKind.STDOUT))
                        .to(LogTarget.file("err.log").only(StreamKind.STDERR))
                        .toSlf4j()
                        .build(),
                output("", TO_FILES));
    }

    @Test
    void forOne_keyByKey() {
        assertEquals(
                defaults()
                        .captureStdout(false)
                        .to(LogTarget.file("out.log").only(StreamKind.STDOUT))
                        .to(LogTarget.stdout().only(StreamKind.STDERR))
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
        OutputSpec quiet = defaults().aggregated(false).build();

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
        assertFalse(output("", off).isAggregated());
        assertEquals(3, output("log_collection: {enabled: true}", off).targets().size());
        assertTrue(output("log_collection: {enabled: true}", off).isAggregated());
    }

    @Test
    void logging_inTheFlatShape_isLaidOverTheDefault() {
        OutputSpec output = process(flat("logging: {capture_stdout: false, capture_stderr: true, overflow: drop}")
                        + TO_FILES.replace("default:", "default:\n    line_limit: 1KB"))
                .output();

        assertFalse(output.captures(StreamKind.STDOUT));
        assertTrue(output.captures(StreamKind.STDERR));
        assertEquals(10, output.keptLines());
        assertEquals(Overflow.DROP, output.overflow());
        assertEquals(1024, output.lineLimit());
        assertEquals(3, output.targets().size());
    }

    @Test
    void bufferSize_inTheFlatShape_isThatOfEachTarget() {
        String buffering = TO_FILES.replace("max_lines: 10", "size: 3MB, flush_interval: 7s");
        List<LogTarget> targets = process(flat("logging: {buffer_size: 8192}") + buffering)
                .output()
                .targets();

        assertEquals(3, targets.size());
        for (LogTarget target : targets) {
            assertEquals(8192, target.bufferSize());
            assertEquals(ofSeconds(7), target.flushInterval());
        }
    }

    @Test
    void bufferSize_wrong() {
        String at = "managed_processes[0].management.logging.buffer_size: ";

        assertError(
                flat("logging: {buffer_size: 1023}"),
                "7:30: " + at + "bufferSize must be 1024 bytes or more, but is 1023");
        assertError(flat("logging: {buffer_size: -1}"), "7:30: " + at + "must not be negative, but is '-1'");
    }

    @Test
    void capture_keyByKey() {
        OutputSpec output = over(
                "{overflow: drop, spool_limit: 3MB}",
                "{capture: pipe, overflow: block, line_limit: 2KB, spool_limit: 9MB}");

        assertEquals(
                OutputSpec.builder()
                        .capture(OutputCapture.PIPE)
                        .overflow(Overflow.DROP)
                        .lineLimit(2048)
                        .spoolLimit(Bytes.mib(3))
                        .build(),
                output);
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "PIPE, PIPE", "Spool, SPOOL"})
    void capture_words(String word, OutputCapture expected) {
        String base = "process_manager: {base_directory: " + directory.resolve("base") + "}\n";

        assertEquals(
                expected,
                process(base + inControl("log_collection: {capture: " + word + "}"))
                        .output()
                        .capture());
        assertEquals(List.of(), warnings(base + inControl("log_collection: {capture: " + word + "}")));
    }

    @Test
    void capture_spoolWithoutAPlace_isDoubtful() {
        HsuConfig config = loader.load(write("managed_processes: []\nlog_collection: {default: {capture: spool}}"));

        assertEquals(
                List.of(
                        "2:37: log_collection.default.capture: a spool lies in the manager's state directory, but the file names none; give process_manager a base_directory, or set a state directory in Java"),
                config.warnings().stream().map(ConfigTestBase::line).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "capture: file | must be one of auto, pipe, spool, but is 'file'",
                "overflow: dorp | must be one of block, drop, but is 'dorp'; did you mean 'drop'?",
                "line_limit: 255 | lineLimit must be from 256 to 1048576, but is 255",
                "line_limit: 1048577 | lineLimit must be from 256 to 1048576, but is 1048577",
                "line_limit: 2GB | must be less than 2GB, but is '2GB'",
                "line_limit: long | must be a size such as '512KB', '50MB' or '1GB', or a number of bytes, but is 'long'",
                "spool_limit: 1023KB | spoolLimit must be 1048576 bytes or more, but is 1047552",
                "capture_stdout: maybe | must be true or false, but is 'maybe'",
                "buffering: 1MB | must be a mapping of keys and values, but is a text"
            })
    void wrong(String pair, String message) {
        String key = pair.substring(0, pair.indexOf(':'));
        int column = "log_collection: {default: {".length() + key.length() + 3;

        assertError("log_collection: {default: {" + pair + "}}", "1:%d: %s%s: %s".formatted(column, AT, key, message));
    }

    @Test
    void buffering_isThatOfEachTarget_keyByKey() {
        OutputSpec output = over(
                "{buffering: {size: 4KB}}",
                "{buffering: {size: 1MB, flush_interval: 250ms, max_lines: 0}, outputs: {forwarding: [{type: stdout}, {type: slf4j}]}}");

        assertEquals(
                OutputSpec.builder()
                        .keptLines(0)
                        .to(LogTarget.stdout().bufferSize(4096).flushInterval(Duration.ofMillis(250)))
                        .to(LogTarget.slf4j().bufferSize(4096).flushInterval(Duration.ofMillis(250)))
                        .build(),
                output);
    }

    @Test
    void buffering_wrong() {
        String yaml = "log_collection: {default: {buffering: {%s}}}";

        assertError(
                yaml.formatted("max_lines: -1"),
                "1:51: " + AT + "buffering.max_lines: must be a whole number, 0 or more, but is '-1'");
        assertError(
                yaml.formatted("size: 1000"),
                "1:46: " + AT + "buffering.size: bufferSize must be 1024 bytes or more, but is 1000");
        assertError(
                yaml.formatted("flush_interval: 3"),
                "1:56: " + AT
                        + "buffering.flush_interval: a duration needs a unit, but '3' has none; write '3s' for seconds or '3ms' for milliseconds");
        assertError(
                yaml.formatted("flush_interval: 40000d"),
                "1:56: " + AT + "buffering.flush_interval: flushInterval must be 36500d or less, but is 40000d");
    }

    @Test
    void filters_keyByKey() {
        LogFilter filter = over(
                        "{processing: {filters: {level_filter: error, exclude_patterns: []}}}",
                        "{processing: {filters: {level_filter: debug, include_patterns: ['a+', b], exclude_patterns: [c]}}}")
                .filter();

        assertEquals(
                LogFilter.none()
                        .minLevel(io.hsu.LogLevel.ERROR)
                        .include(Pattern.compile("a+"))
                        .include(Pattern.compile("b")),
                filter);
    }

    @ParameterizedTest
    @CsvSource({
        "trace, TRACE",
        "debug, DEBUG",
        "INFO, INFO",
        "warn, WARN",
        "Warning, WARN",
        "error, ERROR",
        "fatal, FATAL"
    })
    void levels(String word, io.hsu.LogLevel expected) {
        assertEquals(
                LogFilter.none().minLevel(expected),
                byDefault("{processing: {filters: {level_filter: " + word + "}}}")
                        .filter());
    }

    @Test
    void filters_wrong() {
        String yaml = "log_collection: {default: {processing: {filters: {%s}}}}";
        String at = AT + "processing.filters.";

        assertError(
                yaml.formatted("level_filter: loud"),
                "1:65: " + at + "level_filter: must be one of trace, debug, info, warn, error, fatal, but is 'loud'");
        assertError(
                yaml.formatted("include_patterns: [a, '(b']"),
                "1:73: " + at
                        + "include_patterns[1]: must be a regular expression, but '(b' is none: Unclosed group near index 2");
        assertError(
                yaml.formatted("exclude_patterns: ['[']"),
                "1:70: " + at
                        + "exclude_patterns[0]: must be a regular expression, but '[' is none: Unclosed character class near index 0");
        assertError(
                yaml.formatted("exclude_patterns: ['']"),
                "1:70: " + at
                        + "exclude_patterns[0]: must not be empty, because that is found in every line; remove it");
        assertError(
                yaml.formatted("exclude_patterns: heartbeat"),
                "1:69: " + at + "exclude_patterns: must be a list, but is a text");
        String deep = errors(yaml.formatted("exclude_patterns: ['%s']".formatted("(".repeat(1_000_000))))
                .get(0);
        assertTrue(deep.contains("exclude_patterns[0]: must be a regular expression, but '((("), deep);
        assertTrue(deep.contains("...' is none: "), deep);
    }

    @Test
    void aSecretPattern_isNotShown() {
        loader = loader.environment(java.util.Map.of("P", "[s3cr3t"));

        assertError(
                "log_collection: {default: {processing: {filters: {exclude_patterns: ['${env:P}']}}}}",
                "1:70: " + AT
                        + "processing.filters.exclude_patterns[0]: must be a regular expression, but '${env:P}' is none: Unclosed character class near index 6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} |",
                "{parse_structured: true} | JSON LOGFMT",
                "{parse_structured: false} |",
                "{parsers: [{type: logfmt}]} | LOGFMT",
                "{parsers: []} |",
                "{parse_structured: true, parsers: []} |",
                "{parse_structured: true, parsers: [{type: LogFmt}, {type: JSON, config: {}}]} | LOGFMT JSON",
                "{parse_structured: true, parsers: [{type: json, enabled: false}, {type: logfmt, enabled: true}]} | LOGFMT",
                "{parse_structured: false, parsers: [{type: json}]} |"
            })
    void parsers(String processing, String expected) {
        List<String> names = byDefault("{processing: " + processing + "}").parsers().stream()
                .map(Enum::name)
                .toList();

        assertEquals(expected == null ? "" : expected, String.join(" ", names));
    }

    @Test
    void parsers_keyByKey() {
        assertEquals(
                List.of(LogParser.LOGFMT),
                over("{processing: {parse_structured: true}}", "{processing: {parsers: [{type: logfmt}]}}")
                        .parsers());
        assertEquals(
                List.of(),
                over("{processing: {parse_structured: false}}", "{processing: {parsers: [{type: logfmt}]}}")
                        .parsers());
        assertEquals(
                List.of(LogParser.JSON),
                over("{processing: {parsers: [{type: json}]}}", "{processing: {parsers: [{type: logfmt}]}}")
                        .parsers());
    }

    @Test
    void parsers_wrong() {
        String yaml = "log_collection: {default: {processing: {parsers: [%s]}}}";
        String at = AT + "processing.parsers[0]";

        assertError(yaml.formatted("{type: xml}"), "1:58: " + at + ".type: must be one of json, logfmt, but is 'xml'");
        assertError(yaml.formatted("{}"), "1:51: " + at + ".type: is missing; write one of json, logfmt");
        assertError(
                yaml.formatted("{type: json, config: {strict: true}}"),
                "1:73: " + at + ".config.strict: unknown key 'strict'; remove it");
        assertError(
                yaml.formatted("{type: json, order: 1}"),
                "1:64: " + at + ".order: unknown key 'order'; known are type, enabled, config");
        assertError(
                yaml.formatted("{type: json}, {type: json, enabled: false}"),
                "1:72: " + AT + "processing.parsers[1].type: 'json' is there twice; keep one of them");
        assertError(yaml.formatted("json"), "1:51: " + at + ": must be a mapping of keys and values, but is a text");
    }

    @Test
    void metadata_canBeLeftOutForOne() {
        assertEquals(Set.of(), byDefault("{processing: {add_metadata: false}}").fields());
        assertEquals(
                OutputSpec.builder().build().fields(),
                over("{processing: {add_metadata: true}}", "{processing: {add_metadata: false}}")
                        .fields());
    }

    @ParameterizedTest
    @ValueSource(strings = {"buffering", "processing", "outputs"})
    void blocks_thatAreNone(String key) {
        assertTrue(errors("log_collection: {default: {%s: []}}".formatted(key))
                .get(0)
                .endsWith(AT + key + ": must be a mapping of keys and values, but is a list"));
    }
}
