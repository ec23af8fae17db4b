package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no configuration at all. */
class BadInputTest extends ConfigTestBase {

    private static final String TOO_LARGE =
            "1:1: is larger than 8 MiB, the limit; check that it is the right file, and share what repeats with anchors and aliases, or spread the processes over several files";

    private String only(Path file) {
        ConfigException e = assertThrows(ConfigException.class, () -> loader.load(file));
        assertEquals(1, e.problems().size(), e.getMessage());
        return line(e.problems().get(0));
    }

    @Test
    void missing() {
        Path file = directory.resolve("none.yaml");

        assertEquals("1:1: does not exist (looked for %s); check the path".formatted(file), only(file));
    }

    @Test
    void missing_isShownAsItWasGiven() {
        ConfigException e = assertThrows(ConfigException.class, () -> HsuConfig.load(Path.of("no", "such.yaml")));

        assertEquals(Path.of("no", "such.yaml"), e.problems().get(0).file());
        assertTrue(
                e.getMessage()
                        .startsWith("1 problem in no/such.yaml:\n    no/such.yaml:1:1: does not exist (looked for /"),
                e.getMessage());
    }

    @Test
    void directory() {
        assertEquals("1:1: is a directory; name the YAML file itself", only(directory));
    }

    @Test
    void unreadable() {
        Path below = write("a: 1").resolve("hsu.yaml");

        assertTrue(only(below).startsWith("1:1: cannot be read: "), only(below));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void withoutPermission() throws IOException {
        Path file = write("a: 1");
        Files.setPosixFilePermissions(file, Set.of());
        assumeFalse(Files.isReadable(file), "root may read anything");

        assertEquals("1:1: cannot be read: permission denied; grant this user the right to read it", only(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n# here\n", "---\n", "~", "\uFEFF"})
    void empty(String yaml) {
        assertError(yaml, "1:1: is empty; begin with 'process_manager:' and 'managed_processes:'");
    }

    @Test
    void byteOrderMark_isNoPartOfTheFirstKey() {
        assertEquals(7, load("\uFEFFprocess_manager: {port: 7}").port());
    }

    @Test
    void invalidUtf8() {
        byte[] bytes = "a: 1\n\u00e4: x".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xff;

        assertEquals("2:4: is not UTF-8: byte 0xFF is out of place; save the file as UTF-8 text", only(write(bytes)));
    }

    @Test
    void binary() {
        assertEquals(
                "1:5: is not YAML: character U+0000 is not allowed; is this a text file?",
                only(write(new byte[] {0x7f - 1, 'E', 'L', 'F', 0, 0, 1})));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: [1, 2 | 1:9 | while parsing a flow sequence: expected ',' or ']', but got <stream end>",
                "a: b: c | 1:5 | mapping values are not allowed here",
                "a: @x | 1:4 | while scanning for the next token: found character '@' that cannot start any token. (Do not use @ for indentation)",
                "'a: \"x' | 1:6 | while scanning a quoted scalar: found unexpected end of stream",
                "a: *none | 1:4 | found undefined alias none"
            })
    void notYaml(String yaml, String place, String problem) {
        assertError(
                yaml, "%s: is not YAML: %s; check the indentation, brackets and quotes here".formatted(place, problem));
    }

    @Test
    void tabs() {
        assertError(
                "process_manager:\n\tport: 1\n",
                "2:1: is not YAML: while scanning for the next token: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation); check the indentation, brackets and quotes here");
    }

    @Test
    void yamlOfTheFuture() {
        assertError(
                "%YAML 2.0\n---\na: 1\n",
                "1:1: is not YAML: Version{major=2, minor=0}; check the indentation, brackets and quotes here");
    }

    @Test
    void topLevelIsNoMapping() {
        assertError("just words", "1:1: must be a mapping with process_manager and managed_processes, but is a text");
        assertError("\n- a\n", "2:1: must be a mapping with process_manager and managed_processes, but is a list");
    }

    @Test
    void severalDocuments() {
        assertError(
                "managed_processes: []\n---\nmanaged_processes: []\n",
                "2:1: a second document begins here; a file holds one configuration: remove the '---', or split the file");
    }

    @Test
    void tags_areRefused() {
        assertEquals(
                List.of(
                        "2:9: the tag 'tag:yaml.org,2002:int' is not allowed; remove it and write the value alone",
                        "3:20: the tag '!secret' is not allowed; remove it and write the value alone",
                        "4:17: the tag 'tag:yaml.org,2002:javax.script.ScriptEngineManager' is not allowed; remove it and write the value alone"),
                errors("""
                        process_manager:
                          port: !!int 1
                        managed_processes: !secret []
                        log_collection: !!javax.script.ScriptEngineManager {}
                        """));
    }

    @Test
    void keyTwice_isToldWhereverItStands() {
        assertEquals(
                List.of(
                        "3:3: process_manager.port: 'port' is there twice, first in line 2; keep one of them",
                        "6:10: managed_processes[0].a.b: 'b' is there twice, first in line 5; keep one of them",
                        "5:5: managed_processes[0].a: unknown key 'a'"),
                errors("""
                                process_manager:
                                  port: 1
                                  port: 2
                                managed_processes:
                                  - a: {b: 1,
                                         b: 2}
                                """).stream()
                        .filter(error -> error.contains("twice") || error.contains("'a'"))
                        .map(error -> error.replaceAll("(unknown key 'a');.*", "$1"))
                        .sorted(java.util.Comparator.comparing(error -> error.contains("unknown")))
                        .toList());
    }

    @Test
    void keyThatIsNoWord() {
        assertError("? [a, b]\n: 1\n", "1:3: a key must be a word, but is a list");
    }

    @Test
    void tooLarge() {
        byte[] bytes = new byte[8 * 1024 * 1024 + 1];
        java.util.Arrays.fill(bytes, (byte) '#');

        assertEquals(TOO_LARGE, only(write(bytes)));
    }

    @Test
    void withoutEnd() {
        Path endless = Path.of("/dev/zero");
        if (Files.exists(endless)) {
            assertEquals(TOO_LARGE, only(endless));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void tooDeep(String level) {
        String error = errors("a: " + (level.equals("- ") ? "\n" : "") + level.repeat(50_000))
                .get(0);

        assertTrue(
                error.endsWith(
                        ": is nested deeper than 64 levels, the limit; nothing that can be configured is so deep: check the brackets and the indentation up to here"),
                error);
    }

    @Test
    void aliases_areFollowed() {
        List<io.hsu.ProcessSpec> processes = load("""
                        managed_processes:
                          - id: a
                            type: standard_managed
                            management: &management
                              control: &control {executable: /bin/sh, arguments: [a]}
                          - {id: b, type: standard_managed, management: *management}
                          - id: c
                            type: standard_managed
                            management:
                              control:
                                <<: *control
                                arguments: [c]
                        """).processes();

        assertEquals(
                List.of(List.of("/bin/sh", "a"), List.of("/bin/sh", "a"), List.of("/bin/sh", "c")),
                processes.stream().map(io.hsu.ProcessSpec::command).toList());
    }

    @Test
    void keysOfTheUser_carryAnchors_atTheTopOnly() {
        String yaml = """
                x-common: &common {executable: /bin/sh, arguments: [a]}
                managed_processes:
                  - {id: a, type: standard_managed, management: {control: *common}}
                """;

        assertEquals(List.of("/bin/sh", "a"), process(yaml).command());
        assertEquals(List.of(), warnings(yaml));
        assertEquals(
                "1:20: process_manager.x-common: unknown key 'x-common'; known are port, log_level, force_shutdown_timeout, base_directory",
                errors("process_manager: { x-common: 1}").get(0));
    }

    @Test
    void aliases_thatUnfoldWithoutBound() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            yaml.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(i, i - 1));
        }

        assertError(
                yaml.toString(),
                "9:5: a8: stands for more than 1,000,000 values once its aliases are followed, the limit; take out aliases of what holds aliases itself, or spread the processes over several files");
    }

    @Test
    void aliases_thatContainThemselves() {
        assertError("a: &a [1, *a]\n", "1:11: '*a' stands within what it stands for; write it out");
        assertError("a: &a\n  <<: *a\n", "2:7: '*a' stands within what it stands for; write it out");
        assertError("a: &a\n  b: &b\n    c: *a\n", "3:8: '*a' stands within what it stands for; write it out");
    }

    @Test
    void anchor_thatIsGivenAnew() {
        assertEquals(
                7,
                load("process_manager: &a\n  port: &a 7\nmanaged_processes: []\n")
                        .port());
    }

    @Test
    void damagedFiles_neverEndInAnotherException() {
        // Seeded, so that a failure can be looked at.
        Random random = new Random(1);
        for (String name : List.of("nested.yaml", "flat.yaml", "checks.yaml", "documented-nested.yaml")) {
            byte[] whole = resource(name).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 500; i++) {
                byte[] damaged = whole.clone();
                for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                    byte[] with = {(byte) random.nextInt(256), '{', '[', '"', ':', '-', '*', '&', '!', '\n', ' ', '$'};
                    damaged[random.nextInt(damaged.length)] = with[random.nextInt(with.length)];
                }
                Path file = write(damaged);
                try {
                    loader.load(file).toBuilder()
                            .stateDirectory(directory.resolve("state"))
                            .build()
                            .close();
                } catch (ConfigException e) {
                    assertFalse(e.problems().isEmpty());
                }
            }
        }
    }

    @Test
    void manyProblems_areKept_andAHundredShown() {
        ConfigException e = failure("process_manager:\n"
                + IntStream.rangeClosed(1, 123)
                        .mapToObj("  k%d: 1\n"::formatted)
                        .collect(Collectors.joining()));

        assertEquals(123, e.problems().size());
        List<String> lines = e.getMessage().lines().toList();
        assertTrue(lines.get(0).startsWith("123 problems in "), lines.get(0));
        assertEquals(102, lines.size());
        assertTrue(lines.get(100).contains("unknown key 'k100'"), lines.get(100));
        assertEquals("    and 23 more", lines.get(101));
    }

    /** A value that is long by mistake (a whole file in quotes) must not bury what is said about it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s: 1",
                "process_manager: {%s: 1}",
                "process_manager: {log_level: %s}",
                "process_manager: {port: %s}",
                "process_manager: {force_shutdown_timeout: %s}",
                "process_manager: {log_level: '${%s}'}",
                "process_manager: {log_level: '${env:%s}'}",
                "process_manager: {log_level: '${file:%s}'}",
                "process_manager: {log_level: '${env:NONE:-%s}'}",
                "process_manager: !%s {}",
                "a: &%1$s [*%1$s]",
                "a: *%s",
                "{%1$s: 1, %1$s: 2}",
                "managed_processes: [{id: %s}]",
                "managed_processes: [{id: ' %s'}]",
                "managed_processes: [{id: a, type: %s}]",
                "managed_processes: [{id: a, type: standard_managed, depends_on: [%s]}]",
                "managed_processes: [{id: a, type: standard_managed, depends_on: {%s: {condition: %s}}}]",
                "managed_processes: [{id: a, type: standard_managed, stop_signal: %s}]",
                "managed_processes: [{id: a, type: standard_managed, readiness_check: {type: %s}}]",
                "managed_processes: [{id: a, type: standard_managed, readiness_check: {type: tcp, tcp: {port: %s}}}]",
                "managed_processes: [{id: a, type: standard_managed, readiness_check: {type: log-line, log_line: {pattern: '(%s'}}}]",
                "managed_processes: [{id: a, type: standard_managed, readiness_check: {type: tcp, tcp: {address: h, port: 1, %s: 2}}}]",
                "managed_processes: [{id: a, type: standard_managed, management: {control: {executable: sh, environment: ['%1$s=1', '%1$s=2']}}}]",
                "managed_processes: [{id: a, type: standard_managed, management: {control: {executable: sh, environment: {'%s=': 1}}}}]",
                "managed_processes: [{id: a, type: standard_managed, readiness_check: [{name: %1$s}, {name: %1$s}]}]",
                "managed_processes: [{id: a, type: standard_managed, readiness_check: {grpc_service: %s, grpc_health_check: true}}]",
                "managed_processes: [{id: a, type: standard_managed, readiness_check: {type: %s, grpc_service: 'h:1'}}]",
                "managed_processes: [{id: a, type: standard_managed, readiness_check: {type: http, http: {%s: 1}, tcp: {%s: 1}}}]",
                "log_collection: {default: {outputs: {forwarding: [{type: %s}]}}}",
                "log_collection: {default: {outputs: {forwarding: [{type: stdout, format: %s}]}}}",
                "log_collection: {default: {outputs: {forwarding: [{type: queue, topic: '%s', retries: 10}]}}}",
                "log_collection: {default: {outputs: {forwarding: [{type: queue, topic: 'amqp:%s'}]}}}",
                "log_collection: {default: {outputs: {forwarding: [{type: queue, %s: a}]}}}",
                "log_collection: {default: {processing: {filters: {level_filter: %s}}}}",
                "log_collection: {default: {processing: {filters: {exclude_patterns: ['%s(']}}}}",
                "log_collection: {default: {processing: {parsers: [{type: %s}]}}}",
                "log_collection: {default: {buffering: {size: %s}}}",
                "log_collection: {system: {process_directory: /%s}}",
                "log_collection: {system: {metrics: {interval: %s}}}",
            })
    void longWords_areShortened(String yaml) {
        String word = "x".repeat(100_000);

        for (Problem problem : problems(yaml.replace("%s", "%1$s").formatted(word))) {
            int length = line(problem).length();
            assertTrue(length < 2_500, () -> length + ": " + line(problem).substring(0, 2_500));
        }
    }

    @Test
    void allProblems_inOneException() throws IOException {
        ConfigException e = failure("""
                process_manager:
                  port: 70000
                  log_level: loud
                managed_processes:
                  - id: a b
                    type: standard_managed
                    management: {}
                """);

        Path file = directory.resolve("hsu.yaml");
        assertEquals("""
                4 problems in %1$s:
                    %1$s:2:9: process_manager.port: must be a whole number, from 1 to 65535, but is '70000'
                    %1$s:3:14: process_manager.log_level: must be one of trace, debug, info, warn, error, but is 'loud'
                    %1$s:5:9: managed_processes[0].id: process id 'a b' is not allowed: 1 to 64 of letters, digits, '-' and '_' (it becomes a file name)
                    %1$s:7:5: managed_processes[0].management: is empty; write 'standard_managed:' or 'control:' below it""".formatted(file), e.getMessage());
        assertEquals(
                new Problem(
                        file, 2, 9, "process_manager.port", e.problems().get(0).message()),
                e.problems().get(0));
    }
}
