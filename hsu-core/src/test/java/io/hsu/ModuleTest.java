package io.hsu;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Native;
import com.sun.jna.platform.FileUtils;
import io.hsu.spi.StopRequestProvider;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import oshi.SystemInfo;
import oshi.spi.SystemInfoProvider;

/** What the module shows, what it hides, and that it works on a module path. */
class ModuleTest {

    private static final Path CLASSES = location(ProcessManager.class);
    private static final Path SOURCES = Path.of("src", "main", "java");

    private final ModuleDescriptor descriptor =
            ModuleFinder.of(CLASSES).find("io.hsu.core").orElseThrow().descriptor();

    @Test
    void exports_apiAndSpiOnly() {
        assertEquals(
                Set.of("io.hsu", "io.hsu.spi"),
                descriptor.exports().stream().map(Exports::source).collect(toSet()));
        assertTrue(descriptor.exports().stream().noneMatch(Exports::isQualified), "no back doors for friends");
        assertTrue(descriptor.opens().isEmpty(), "nothing is opened");
    }

    @Test
    void requires_slf4jJnaAndOshiOnly() {
        assertEquals(
                Set.of("java.base", "org.slf4j", "com.sun.jna", "com.github.oshi"),
                descriptor.requires().stream().map(Requires::name).collect(toSet()));
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
        assertTrue(descriptor.uses().containsAll(onModulePath.keySet()), "what is provided is looked for");
        assertEquals(
                Set.of(StopRequestProvider.class.getName()),
                descriptor.uses().stream()
                        .filter(service -> !onModulePath.containsKey(service))
                        .collect(toSet()),
                "what only other modules provide");
    }

    @Test
    void spi_knowsNoInternalsButTheArgumentChecks() throws IOException {
        Pattern internal = Pattern.compile("io\\.hsu\\.internal\\.[A-Za-z.]+");
        List<String> found = new ArrayList<>();
        try (Stream<Path> sources = Files.list(SOURCES.resolve("io/hsu/spi"))) {
            for (Path source : sources.toList()) {
                Matcher matcher = internal.matcher(Files.readString(source));
                while (matcher.find()) {
                    if (!matcher.group().equals("io.hsu.internal.Require")) {
                        found.add(source.getFileName() + ": " + matcher.group());
                    }
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void modulePath_hostApplicationStartsAndStopsProcess(@TempDir Path directory) throws Exception {
        Path host = compileHost(directory);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path output = directory.resolve("output.txt");
        String modulePath = modulePath() + File.pathSeparator + host;

        Process process = new ProcessBuilder(java.toString(), "-p", modulePath, "-m", "host/host.Main", java.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();

        String printed = Files.readString(output);
        assertTrue(ended, () -> "still running; it printed: " + printed);
        assertEquals(0, process.exitValue(), printed);
        assertTrue(printed.lines().anyMatch("RUNNING, then STOPPED: ok"::equals), printed);
    }

    /** A module of two files, as a host application would have it. */
    private static Path compileHost(Path directory) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources/host"));
        Path module =
                Files.writeString(sources.resolveSibling("module-info.java"), "module host { requires io.hsu.core; }");
        Path main = Files.writeString(sources.resolve("Main.java"), """
                package host;

                import io.hsu.HealthChecks;
                import io.hsu.ProcessManager;

                public class Main {
                    public static void main(String[] arguments) throws Exception {
                        if (arguments.length == 0) {
                            Thread.currentThread().join();
                        }
                        try (ProcessManager manager = ProcessManager.builder()
                                .process("child", p -> p
                                        .command(arguments[0], "-p", System.getProperty("jdk.module.path"), "-m", "host/host.Main")
                                        .readinessCheck(HealthChecks.process()))
                                .build()) {
                            manager.start("child");
                            String state = manager.status("child").state().toString();
                            if (manager.system().memoryTotal() <= 0) {
                                throw new AssertionError(manager.system());
                            }
                            manager.stop("child");
                            System.out.println(state + ", then " + manager.status("child").state() + ": ok");
                        }
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
        Stream<Class<?>> libraries =
                Stream.of(Logger.class, Native.class, FileUtils.class, SystemInfo.class, SystemInfoProvider.class);
        return Stream.concat(Stream.of(CLASSES), libraries.map(ModuleTest::location))
                .map(Path::toString)
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

    private static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
