package io.hsu.health;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the module shows and provides, and that it works on a module path. */
class ModuleTest {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final Pattern OF_TESTS =
            Pattern.compile(".*(test-classes|junit|awaitility|hamcrest|opentest4j|apiguardian).*");

    private final ModuleDescriptor descriptor =
            ModuleFinder.of(CLASSES).find("io.hsu.health").orElseThrow().descriptor();

    @Test
    void exports() {
        assertEquals(
                Set.of("io.hsu.health"),
                descriptor.exports().stream().map(Exports::source).collect(toSet()));
    }

    @Test
    void requires_nothingThatItsUsersMustName() {
        assertEquals(
                Set.of("io.hsu.core"),
                descriptor.requires().stream()
                        .filter(required -> required.modifiers().contains(Requires.Modifier.TRANSITIVE))
                        .map(Requires::name)
                        .collect(toSet()));
    }

    @Test
    void publicTypes() throws Exception {
        try (Stream<Path> files = Files.list(CLASSES.resolve("io/hsu/health"))) {
            Set<String> types = files.map(file -> file.getFileName().toString().replace(".class", ""))
                    .filter(name -> !name.contains("$") && !name.equals("package-info"))
                    .filter(ModuleTest::isPublic)
                    .collect(toSet());
            assertEquals(Set.of("HttpHealthCheck", "GrpcHealthCheck", "GrpcStopRequest"), types);
        }
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName("io.hsu.health." + name).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void services_areTheSameOnClassPathAndModulePath() throws IOException {
        Map<String, List<String>> onModulePath =
                descriptor.provides().stream().collect(toMap(Provides::service, Provides::providers));
        Map<String, List<String>> onClassPath;
        try (Stream<Path> files = Files.list(CLASSES.resolve("META-INF/services"))) {
            onClassPath = files.collect(toMap(file -> file.getFileName().toString(), ModuleTest::lines));
        }
        assertEquals(onModulePath, onClassPath);
        assertEquals(Set.of("io.hsu.spi.HealthCheckProvider", "io.hsu.spi.StopRequestProvider"), onModulePath.keySet());
    }

    @Test
    @Timeout(120)
    void modulePath_hostApplicationChecksAServer(@TempDir Path directory) throws Exception {
        Path host = compileHost(directory);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        java.toString(), "-p", modulePath() + File.pathSeparator + host, "-m", "host/host.Main")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(100, TimeUnit.SECONDS);
        process.destroyForcibly();

        String printed = Files.readString(output);
        assertTrue(ended, () -> "still running; it printed: " + printed);
        assertEquals(0, process.exitValue(), printed);
        assertTrue(
                printed.lines().anyMatch("[grpc] [exec, file, grpc, http, log-line, notify, process, tcp]"::equals),
                printed);
        assertTrue(printed.lines().anyMatch(line -> line.matches("SERVING from localhost:\\d+")), printed);
        assertTrue(printed.lines().anyMatch("no answer from http://localhost:1/: connection refused"::equals), printed);
    }

    /** A module of two files, as a host application would have it. */
    private static Path compileHost(Path directory) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources/host"));
        Path module = Files.writeString(sources.resolveSibling("module-info.java"), """
                module host {
                    requires io.hsu.health;
                    requires io.grpc;
                    requires io.grpc.netty.shaded;
                    requires io.grpc.services;
                }
                """);
        Path main = Files.writeString(sources.resolve("Main.java"), """
                package host;

                import io.grpc.Server;
                import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
                import io.grpc.protobuf.services.HealthStatusManager;
                import io.hsu.HealthCheckSpec;
                import io.hsu.ProcessManager;
                import io.hsu.health.GrpcHealthCheck;
                import io.hsu.health.HttpHealthCheck;
                import io.hsu.spi.Providers;
                import java.time.Duration;

                public class Main {
                    public static void main(String[] arguments) throws Exception {
                        Providers providers = Providers.builder().discover();
                        System.out.println(providers.stopRequestTypes() + " " + providers.healthCheckTypes());
                        Server server = NettyServerBuilder.forPort(0)
                                .addService(new HealthStatusManager().getHealthService())
                                .build()
                                .start();
                        try (ProcessManager manager = ProcessManager.builder()
                                .process("child", p -> p.command("sleep", "60")
                                        .readinessCheck(GrpcHealthCheck.of("localhost:" + server.getPort()), Main::patiently)
                                        .healthCheck(HttpHealthCheck.get("http://localhost:1"), Main::patiently))
                                .build()) {
                            manager.start("child");
                            while (manager.status("child").checks().stream().anyMatch(check -> check.reason().isEmpty())) {
                                Thread.sleep(10);
                            }
                            manager.status("child").checks().forEach(check -> System.out.println(check.reason()));
                        }
                        server.shutdownNow();
                    }

                    private static void patiently(HealthCheckSpec.Builder check) {
                        check.initialDelay(Duration.ZERO).every(Duration.ofMinutes(1)).timeout(Duration.ofSeconds(50)).failAfter(9);
                    }
                }
                """);
        Path classes = directory.resolve("classes");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-p",
                        modulePath(),
                        module.toString(),
                        main.toString());
        assertEquals(0, result, "the host application compiles against the exported packages");
        return classes;
    }

    private static String modulePath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !OF_TESTS.matcher(Path.of(entry).getFileName().toString())
                        .matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
