package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References in values. */
class InterpolationTest extends ConfigTestBase {

    private static final String AT = "2:14: process_manager.log_level: ";

    private String argument(String text) {
        return process(flat("").replace(
                                "executable: /bin/sh",
                                "executable: /bin/sh\n        arguments: ['%s']".formatted(text)))
                .command()
                .get(1);
    }

    @ParameterizedTest
    @CsvSource({
        "${env:TOKEN}, s3cr3t-t0k3n",
        "a${env:PORT}b${env:PORT}c, a5432b5432c",
        "${env:NONE:-other}, other",
        "${env:EMPTY:-other}, other",
        "${env:NONE:-}x, x",
        "${env:EMPTY}x, x",
        "$${env:TOKEN}, ${env:TOKEN}",
        "$$${env:PORT}, $${env:PORT}",
        "$HOME {x} $, $HOME {x} $"
    })
    void reference_isReplaced(String text, String expected) {
        assertEquals(expected, argument(text));
    }

    @Test
    void file_isReadFromTheDirectoryOfTheConfiguration() throws IOException {
        Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(directory.resolve("secrets/one"), "first\nsecond\n");
        Files.writeString(directory.resolve("two"), "windows\r\n");

        assertEquals("first\nsecond", argument("${file:secrets/one}"));
        assertEquals("windows", argument("${file:" + directory.resolve("two") + "}"));
    }

    @Test
    void numbersAndSettings_mayBeReferences() {
        assertEquals(5432, load("process_manager: {port: '${env:PORT}'}").port());
        assertEquals(
                io.hsu.HealthChecks.tcp("db", 5432),
                process(flat("health_check: {type: tcp, tcp: {address: db, port: '${env:PORT}'}}"))
                        .healthChecks()
                        .get(0)
                        .check());
    }

    @Test
    void missingVariable_isToldAtItsPlace() {
        assertError(
                "process_manager:\n  log_level: ${env:NONE}\n",
                AT + "environment variable NONE is not set; set it, or give a default: ${env:NONE:-...}");
    }

    @Test
    void missingFile_isToldAtItsPlace() {
        assertError(
                "process_manager:\n  log_level: ${file:none}\n",
                AT
                        + "file %s does not exist; create it, or correct its path (a relative one begins at the configuration's directory)"
                                .formatted(directory.resolve("none")));
    }

    @Test
    void fileThatIsNoText_isToldAtItsPlace() throws IOException {
        Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff});
        Files.write(directory.resolve("large"), new byte[1024 * 1024 + 1]);

        assertError(
                "process_manager:\n  log_level: ${file:bytes}\n",
                AT + "file %s is not UTF-8 text; save it as such".formatted(directory.resolve("bytes")));
        assertError(
                "process_manager:\n  log_level: ${file:large}\n",
                AT
                        + "file %s is larger than 1 MiB, the limit; a reference is for a short value: name the file that holds only it"
                                .formatted(directory.resolve("large")));
        assertError(
                "process_manager:\n  log_level: ${file:.}\n",
                AT + "file . cannot be read: Is a directory; name a file with the value");
    }

    @Test
    void whatIsNoReference_isRefusedWithTheForms() {
        String forms = "; write ${env:NAME}, ${env:NAME:-default} or ${file:PATH}, or $${ for a literal ${";
        String yaml = "process_manager:\n  log_level: '%s'\n";

        assertEquals(List.of(AT + "'${HOME}' means nothing" + forms), errors(yaml.formatted("${HOME}")));
        assertEquals(List.of(AT + "a '${' is not closed by '}'" + forms), errors(yaml.formatted("${env:A")));
        assertEquals(List.of(AT + "'${env:}' names no variable" + forms), errors(yaml.formatted("${env:}")));
        assertEquals(List.of(AT + "'${file:}' names no file" + forms), errors(yaml.formatted("${file:}")));
    }
}
