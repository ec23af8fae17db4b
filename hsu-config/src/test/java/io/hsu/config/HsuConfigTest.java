package io.hsu.config;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.Bytes;
import io.hsu.HealthChecks;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The doorway: defaults, directories, builders, loaders. */
class HsuConfigTest extends ConfigTestBase {

    private static final Path HOME = Path.of("/home/u");

    @Test
    void defaults() {
        HsuConfig config = load("managed_processes: []");

        assertEquals(50055, config.port());
        assertEquals(LogLevel.INFO, config.logLevel());
        assertEquals(ofSeconds(30), config.forceShutdownTimeout());
        assertEquals(List.of(), config.warnings());
        assertEquals(directory.resolve("hsu.yaml"), config.file());
        assertTrue(config.logDirectory().toString().contains("hsu-process-manager"));
    }

    @Test
    void logDirectory_byDefault() {
        assertEquals(
                Path.of("/home/u/.local/share/logs/hsu-process-manager"),
                DefaultDirectory.logs(Map.of(), "Linux", HOME));
        assertEquals(
                Path.of("/data/logs/hsu-process-manager"),
                DefaultDirectory.logs(Map.of("XDG_DATA_HOME", "/data"), "Linux", HOME));
        assertEquals(
                Path.of("/home/u/.local/share/logs/hsu-process-manager"),
                DefaultDirectory.logs(Map.of("XDG_DATA_HOME", "data"), "Linux", HOME),
                "a relative one is invalid");
        assertEquals(
                Path.of("/home/u/Library/Logs/hsu-process-manager"), DefaultDirectory.logs(Map.of(), "Mac OS X", HOME));
        assertEquals(
                Path.of("/home/u/AppData/Local/hsu-process-manager/logs"),
                DefaultDirectory.logs(Map.of(), "Windows 11", HOME));
        assertEquals(
                Path.of("/local/hsu-process-manager/logs"),
                DefaultDirectory.logs(Map.of("LOCALAPPDATA", "/local"), "Windows 11", HOME));
    }

    @Test
    void logDirectory_fromTheEnvironmentOfTheLoader() {
        loader = loader.environment(Map.of("XDG_DATA_HOME", "/data"));

        if (System.getProperty("os.name").equals("Linux")) {
            assertEquals(
                    Path.of("/data/logs/hsu-process-manager"),
                    load("managed_processes: []").logDirectory());
        }
        assertEquals(
                Path.of("x/logs"), load("process_manager: {base_directory: x}").logDirectory());
    }

    @Test
    void stateDirectory_onlyInABaseDirectory() {
        assertEquals(
                Path.of("x/state"),
                BuilderView.get(load("process_manager: {base_directory: x}").toBuilder(), "stateDirectory"));
        assertNull(BuilderView.get(load("managed_processes: []").toBuilder(), "stateDirectory"));
    }

    @Test
    void toBuilder_saysNothingThatTheFileDoesNotSay() {
        HsuConfig config = load("managed_processes: []");

        assertEquals(
                BuilderView.of(ProcessManager.builder().logDirectory(config.logDirectory())),
                BuilderView.of(config.toBuilder()));
    }

    @Test
    void toBuilder_isFreshEachTime() {
        HsuConfig config = load(onProcess(""));
        ProcessManagerBuilder first = config.toBuilder();
        first.process(ProcessSpec.builder("more").command("sh").build());

        assertEquals(2, first.processes().size());
        assertEquals(config.processes(), config.toBuilder().processes());
        assertNotSame(first, config.toBuilder());
    }

    @Test
    void everythingIsFrozen() {
        HsuConfig config = load(onProcess(""));

        assertThrows(
                UnsupportedOperationException.class, () -> config.processes().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> config.warnings().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> failure("a: 1").problems().clear());
    }

    @Test
    void loader_isNotChangedByItsMethods() {
        HsuConfig.Loader strict = HsuConfig.loader();
        strict.lenient();
        strict.healthCheck(new FakeHttp.Provider());
        strict.logSink(new FakeQueue());
        Path file = write("a: 1\nmanaged_processes: []\n");

        assertThrows(ConfigException.class, () -> strict.load(file));
        assertEquals(1, strict.lenient().load(file).warnings().size());
        assertEquals(List.of(), BuilderView.logSinks(strict.lenient().load(file).toBuilder()));
    }

    @Test
    void loader_explicitProviderBeatsADiscoveredOne() {
        assertEquals(
                FakeHttp.get("http://h"),
                process(flat("health_check: {http_endpoint: 'http://h'}"))
                        .healthChecks()
                        .get(0)
                        .check());
    }

    @Test
    void loader_twoProvidersOfOneName() {
        HsuConfig.Loader twice = loader.healthCheck(new FakeHttp.Provider());
        Path file = write("managed_processes: []");

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> twice.load(file));
        assertTrue(e.getMessage().startsWith("two health checks are named 'http'"), e.getMessage());
    }

    @Test
    void loader_classLoader() {
        // The platform's loader knows none of the built-ins.
        loader = HsuConfig.loader().classLoader(ClassLoader.getPlatformClassLoader());

        assertTrue(errors(flat("health_check: {}")).get(0).contains("unknown health check type 'process'"));
        assertEquals(List.of(), load("managed_processes: []").toBuilder().processes());
    }

    @Test
    void loader_environmentOfThisProcess() {
        Path file = write(onProcess("profile_type: ${env:PATH}"));

        assertEquals(1, HsuConfig.load(file).processes().size());
    }

    @Test
    void nullArguments() {
        HsuConfig.Loader plain = HsuConfig.loader();

        assertThrows(NullPointerException.class, () -> plain.load(null));
        assertThrows(NullPointerException.class, () -> plain.healthCheck(null));
        assertThrows(NullPointerException.class, () -> plain.restartPolicy(null));
        assertThrows(NullPointerException.class, () -> plain.logSink(null));
        assertThrows(NullPointerException.class, () -> plain.classLoader(null));
        assertThrows(NullPointerException.class, () -> plain.environment(null));
    }

    @Test
    void toString_namesTheProcesses() {
        assertEquals(
                "HsuConfig[%s, processes=[a]]".formatted(directory.resolve("hsu.yaml")),
                load(onProcess("")).toString());
    }

    @Test
    void seedReadme_loadsAsItIs() {
        ProcessSpec expected = ProcessSpec.builder("my-service")
                .command("./my-service", "--port", "8080")
                .workingDirectory(Path.of("."))
                .environment("SERVICE_ENV", "production")
                .healthCheck(HealthChecks.process(), check -> check.every(ofSeconds(30)))
                .limit(Limit.memory(Bytes.mib(512)).then(LimitAction.RESTART))
                .limit(Limit.cpuPercent(80))
                .build();

        assertEquals(List.of(expected), load(resource("seed-readme.yaml")).processes());
    }
}
