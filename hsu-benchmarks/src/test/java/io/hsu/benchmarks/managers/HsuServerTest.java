package io.hsu.benchmarks.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.Backoff;
import io.hsu.ProcessSpec;
import io.hsu.Restart;
import io.hsu.config.HsuConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HsuServerTest {

    @Test
    @EnabledOnOs(OS.LINUX) // Windows' paths would need escapes, and the runner needs /proc anyway
    void yaml_isReadAsItIsMeant(@TempDir Path directory) throws IOException {
        Children children = new Children(Path.of("/bin/sleep"), 123, 2);
        Path yaml = Files.writeString(directory.resolve("hsu.yaml"), HsuServer.yaml(directory, children, false));
        HsuConfig config = HsuConfig.load(yaml);
        assertEquals(List.of(), config.warnings());
        List<ProcessSpec> specs = config.toBuilder().processes();
        assertEquals(
                List.of(children.command(0), children.command(1)),
                specs.stream().map(ProcessSpec::command).toList());
        Restart restart = specs.get(0).restart();
        assertEquals(Restart.ALWAYS, restart.policyName());
        assertEquals(OptionalInt.empty(), restart.budget().maxRetries());
        assertEquals(Backoff.none(), restart.budget().backoff());
        assertEquals(List.of(), specs.get(0).healthChecks());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void watching_isAskedFor(@TempDir Path directory) throws IOException {
        Children children = new Children(Path.of("/bin/sleep"), 123, 2);
        Path yaml = Files.writeString(directory.resolve("hsu.yaml"), HsuServer.yaml(directory, children, true));
        HsuConfig config = HsuConfig.load(yaml);
        assertEquals(List.of(), config.warnings());
        for (ProcessSpec spec : config.toBuilder().processes()) {
            assertEquals(Duration.ofSeconds(10), spec.monitoring().interval());
            assertEquals(Duration.ofSeconds(10), spec.healthChecks().get(0).interval());
        }
    }
}
