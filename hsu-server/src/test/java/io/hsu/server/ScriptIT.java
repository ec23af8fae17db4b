package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script beside the jar, run as a user runs it. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class ScriptIT {

    private static final Path SCRIPT = Path.of(System.getProperty("hsu.script"));

    @TempDir
    private Path directory;

    private Path cache;

    @BeforeEach
    void cache() {
        cache = directory.resolve("a cache");
    }

    @Test
    void secondStart_takesItsClassesFromTheArchive() throws Exception {
        String log = "-Xlog:class+load";
        assertTrue(fromArchive(run(log, "--version")) > 0, "the first start makes the archive and uses it");
        List<Path> made = archives();
        assertEquals(1, made.size(), made::toString);
        assertTrue(Files.size(made.get(0)) > 0);
        assertTrue(fromArchive(run(log, "--version")) > 0);
        assertEquals(made, archives());
    }

    @Test
    void arguments_signalsAndExitCode_areThoseOfTheJar() throws Exception {
        Path config = Files.writeString(directory.resolve("two words.yaml"), """
                process_manager: {log_level: warn}
                managed_processes:
                  - id: sleeper
                    type: standard_managed
                    management: {control: {executable: sleep, arguments: ["1000"]}}
                """);
        try (HsuJar hsu = start("", SCRIPT, "--config", config.toString(), "--port", "0")) {
            hsu.awaitStarted();
            assertTrue(hsu.awaitLine("STARTING").contains("pid " + hsu.pid() + ","), "the script replaces itself");
            hsu.signal("TERM");
            hsu.awaitExit(ExitCodes.DONE);
            hsu.assertNothingIsLeft();
            assertEquals("", hsu.err());
        }
        try (HsuJar hsu = start("", SCRIPT, "--config", "not there.yaml", "*")) {
            hsu.awaitExit(ExitCodes.WRONG_INPUT);
            assertTrue(hsu.err().contains("'*'"), hsu::err);
        }
    }

    @Test
    void link_andCacheThatCannotBeWritten() throws Exception {
        Files.writeString(cache, "a file, where a directory should be made");
        Path link = Files.createSymbolicLink(directory.resolve("hsu"), SCRIPT);
        try (HsuJar hsu = start("", link, "--version")) {
            hsu.awaitExit(ExitCodes.DONE);
            assertEquals(List.of("hsu " + System.getProperty("hsu.version")), hsu.out());
            assertEquals("", hsu.err());
        }
    }

    @Test
    void archiveThatDoesNotFit_isIgnored() throws Exception {
        run("", "--version");
        Path archive = archives().get(0);
        assertTrue(archive.toFile().setWritable(true));
        Files.writeString(archive, "rubbish");
        assertEquals(List.of("hsu " + System.getProperty("hsu.version")), run("", "--version"));
    }

    @Test
    void noJava() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "--version");
        builder.environment().put("JAVA_HOME", "/not/there");
        try (HsuJar hsu = HsuJar.run(builder)) {
            hsu.awaitExit(ExitCodes.FAILED);
            assertTrue(hsu.err().contains("'/not/there/bin/java'"), hsu::err);
        }
    }

    private List<String> run(String javaOptions, String... arguments) throws Exception {
        try (HsuJar hsu = start(javaOptions, SCRIPT, arguments)) {
            hsu.awaitExit(ExitCodes.DONE);
            return hsu.out();
        }
    }

    private HsuJar start(String javaOptions, Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HSU_JAVA_OPTS", javaOptions);
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        return HsuJar.run(builder);
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("hsu"))) {
            return files.toList();
        }
    }

    private static long fromArchive(List<String> log) {
        return log.stream()
                .filter(line -> line.contains("io.hsu.server.Main ") && line.contains("shared objects file"))
                .count();
    }
}
