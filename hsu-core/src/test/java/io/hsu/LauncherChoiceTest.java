package io.hsu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import io.hsu.internal.launch.Launchers;
import io.hsu.internal.linux.LinuxSupport;
import io.hsu.testkit.CapturedLog;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which launcher a manager gets, and what it says about that. */
class LauncherChoiceTest {

    @TempDir
    Path directory;

    @AfterEach
    void asBefore() {
        System.clearProperty("hsu.launcher");
    }

    @Test
    void portable_asTheBuilderSays() {
        assertTrue(said(LauncherType.PORTABLE).contains("launcher: portable, as asked for"));
    }

    @Test
    void portable_asThePropertySays() {
        System.setProperty("hsu.launcher", "portable");
        assertTrue(said(LauncherType.AUTO).contains("launcher: portable, as asked for"));
    }

    @Test
    void property_yieldsToTheBuilder() {
        assumeTrue(LinuxSupport.missing().isEmpty());
        System.setProperty("hsu.launcher", "portable");
        assertTrue(said(LauncherType.LINUX).contains("launcher: linux"));
    }

    @Test
    void property_thatIsWrong() {
        System.setProperty("hsu.launcher", "docker");
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> said(LauncherType.AUTO));
        assertEquals(
                "system property hsu.launcher is 'docker'; it must be one of [auto, linux, portable]", e.getMessage());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void linux_whereItWorks_isSaidOnce() {
        assumeTrue(LinuxSupport.missing().isEmpty());
        assertEquals(
                1,
                said(LauncherType.AUTO)
                        .lines()
                        .filter(line -> line.startsWith("launcher: linux"))
                        .count());
    }

    private static String said(LauncherType type) {
        try (CapturedLog log = CapturedLog.of(Launchers.class)) {
            ProcessManager.builder().launcher(type).build().close();
            return log.toString();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutJna_portableAndWhy() throws Exception {
        String output = run(classPathWithoutJna(), List.of(), "auto");
        assertTrue(
                output.contains(
                        "launcher: portable, because the Linux launcher does not work here: JNA cannot be used: "
                                + "java.lang.ClassNotFoundException: com.sun.jna"),
                output);
        assertTrue(output.contains("exited with code 7"), output);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutJna_linuxIsRefused() throws Exception {
        String output = run(classPathWithoutJna(), List.of(), "linux");
        assertTrue(
                output.contains(
                        "UnsupportedOperationException: the Linux launcher was asked for and does not work here: "
                                + "JNA cannot be used"),
                output);
    }

    /** Some init scripts do that. Whether the JVM takes it back or not: exits are to have their status. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whereChildSignalsAreIgnored_exitsHaveTheirStatus() throws Exception {
        String output = run(
                System.getProperty("java.class.path"),
                List.of("/bin/sh", "-c", "trap '' CHLD; exec \"$0\" \"$@\""),
                "auto");
        assertTrue(output.contains("exited with code 7"), output);
    }

    private static String classPathWithoutJna() throws URISyntaxException {
        Path jna = Path.of(
                Native.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> others = new ArrayList<>(
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
        assertTrue(others.remove(jna.toString()), "JNA is on this class path");
        return String.join(File.pathSeparator, others);
    }

    /** {@return what a JVM says that runs one process} */
    private String run(String classPath, List<String> prefix, String launcher) throws Exception {
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "-Dhsu.launcher=" + launcher,
                Host.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> text(output));
            return text(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A host application. */
    static final class Host {

        public static void main(String[] arguments) throws Exception {
            try (ProcessManager manager = ProcessManager.builder()
                    .process("it", p -> p.command("/bin/sh", "-c", "exit 7").restart(Restart.never()))
                    .listener(event -> {
                        if (event instanceof ProcessEvent.ProcessExited exited) {
                            System.out.println(exited.exit().status());
                        }
                    })
                    .build()) {
                manager.start("it");
            }
        }

        private Host() {}
    }
}
