package io.hsu.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.HealthStatus;
import io.hsu.ProcessManager;
import io.hsu.ProcessState;
import io.hsu.ProcessStatus;
import io.hsu.config.HsuConfig;
import io.hsu.examples.plugin.PluginExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples do what they show. */
class ExamplesTest {

    /** Maven runs a module's tests in the module's directory. */
    private static final Path MODULE = Path.of("").toAbsolutePath();

    @Test
    void readme_showsTheQuickStartAsItIs() throws IOException {
        String readme = Files.readString(MODULE.resolve("../README.md"));
        String shown = readme.substring(readme.indexOf("```java") + 7);
        shown = shown.substring(0, shown.indexOf("```"));
        String source = Files.readString(MODULE.resolve("src/main/java/io/hsu/examples/QuickStart.java"));

        assertTrue(shown.lines().count() >= 10, shown);
        assertTrue(withoutSpace(source).contains(withoutSpace(shown)), shown);
    }

    /** The formatter breaks lines otherwise than a README does. */
    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config-example.yaml", "quickstart.yaml", "plugin-example.yaml"})
    void configurations_loadWithoutAWarning(String file) {
        HsuConfig config = HsuConfig.load(MODULE.resolve(file));
        assertEquals(List.of(), config.warnings());
        config.toBuilder().build().close();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void quickStart_endsByItself() throws InterruptedException {
        QuickStart.main(new String[0]);
        assertTrue(ProcessHandle.current().children().findAny().isEmpty());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void yamlQuickStart_runsInOrder_withWhatTheApplicationAdds() {
        List<ProcessStatus> statuses = YamlQuickStart.run(MODULE.resolve("quickstart.yaml"));
        assertEquals(
                List.of("prepare STOPPED", "service RUNNING", "extra RUNNING"),
                statuses.stream()
                        .map(status -> status.id() + " " + status.state())
                        .toList());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void plugins_areFoundByTheirNames(@TempDir Path spool) throws IOException {
        try (ProcessManager manager = PluginExample.manager(spool)) {
            manager.start();
            await().until(() -> manager.status("worker").health() == HealthStatus.HEALTHY);
            await().until(() -> manager.status("misconfigured").state() == ProcessState.FAILED);
            assertEquals(1, manager.status("misconfigured").launch());
            assertTrue(manager.explain("misconfigured").toString().contains("it says that its configuration is wrong"));

            for (int file = 0; file < 11; file++) {
                Files.createFile(spool.resolve("job" + file));
            }
            await().until(() -> manager.status("worker").health() == HealthStatus.UNHEALTHY);
            assertEquals(
                    "11 files wait in " + spool + ", 10 may",
                    manager.status("worker").checks().get(0).reason());
        }
    }
}
