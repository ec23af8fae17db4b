package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is in the jar that users download, and what is not. */
@Timeout(60)
class FatJarIT {

    @Test
    void content() throws IOException {
        try (JarFile jar = new JarFile(HsuJar.JAR.toFile())) {
            assertEquals(
                    "io.hsu.server.Main", jar.getManifest().getMainAttributes().getValue("Main-Class"));
            List<String> names = jar.stream().map(JarEntry::getName).toList();
            List<String> unwanted = names.stream()
                    .filter(name -> name.endsWith("module-info.class")
                            || name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)")
                            || name.startsWith("META-INF/native/"))
                    .toList();
            assertEquals(List.of(), unwanted);
            assertEquals(new HashSet<>(names).size(), names.size(), "an entry is there twice");
            assertTrue(names.containsAll(
                    List.of("META-INF/LICENSE", "META-INF/LICENSE.txt", "META-INF/license/LICENSE.protobuf.txt")));
            assertTrue(names.contains("META-INF/license/LICENSE.oshi.txt"));
        }
    }

    @Test
    void services_ofAllModules() throws IOException {
        try (JarFile jar = new JarFile(HsuJar.JAR.toFile())) {
            Set<String> checks = Set.of(text(jar, "META-INF/services/io.hsu.spi.HealthCheckProvider")
                    .split("\\R"));
            assertTrue(checks.contains("io.hsu.health.HttpHealthCheck$Provider"), checks::toString);
            assertTrue(checks.contains("io.hsu.internal.health.TcpHealthCheck$Provider"), checks::toString);
            assertEquals(
                    Set.of(
                            "io.hsu.internal.resource.linux.LinuxMonitorProvider",
                            "io.hsu.internal.resource.oshi.OshiMonitorProvider"),
                    Set.of(text(jar, "META-INF/services/io.hsu.spi.ResourceMonitorProvider")
                            .strip()
                            .split("\\R")));
        }
    }

    @Test
    void version(@TempDir Path directory) throws Exception {
        try (HsuJar hsu = HsuJar.run(directory, "--version")) {
            hsu.awaitExit(ExitCodes.DONE);
            assertEquals(List.of("hsu " + System.getProperty("hsu.version")), hsu.out());
            assertEquals("", hsu.err());
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (var in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
