package io.hsu.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The demo shows what the README says it shows, run as it is run there: from the repository's root. */
@DisabledOnOs(OS.WINDOWS)
class DemoTest {

    @Test
    void showsOrder_aFailingCheck_aCrash_andACleanStop(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path root = Files.exists(Path.of("hsu-examples")) ? Path.of("") : Path.of("..");
        Path output = directory.resolve("output");
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Demo.class.getName(),
                        "hsu-examples/config-example.yaml",
                        "15")
                .directory(root.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(demo.waitFor(60, TimeUnit.SECONDS), "it ends by itself");
        String shown = Files.readString(output);

        assertEquals(0, demo.exitValue(), shown);
        assertInOrder(
                shown,
                "prepare  STOPPED: exited with code 0",
                "web      RUNNING: ready",
                "ticker   RUNNING",
                "everything has started",
                "web      STOPPING: liveness check failed 2 times in a row: HTTP 503",
                "web      RUNNING: ready",
                "stopping everything",
                "ticker   STOPPED",
                "web      STOPPED",
                "nothing is left");
        assertInOrder(shown, "worker   RESTARTING: exited with code 1", "restart 1 after 1s", "restart 2 after 1.5s");
        assertTrue(shown.contains("process   state       pid"), shown);
    }

    private static void assertInOrder(String text, String... parts) {
        int from = 0;
        for (String part : parts) {
            int at = text.indexOf(part, from);
            assertTrue(at >= 0, () -> "not found, or not in this place: " + part + "\n" + text);
            from = at + part.length();
        }
    }
}
