package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users of the module see. */
class ModuleTest {

    private static final Path CLASSES = Path.of("target", "classes");

    private static ModuleDescriptor descriptor() {
        return ModuleFinder.of(CLASSES).find("io.hsu.config").orElseThrow().descriptor();
    }

    @Test
    void exports() {
        assertEquals(
                Set.of("io.hsu.config"),
                descriptor().exports().stream()
                        .map(ModuleDescriptor.Exports::source)
                        .collect(Collectors.toSet()));
    }

    @Test
    void requires() {
        Set<Requires> requires = descriptor().requires();

        assertTrue(requires.stream()
                .anyMatch(required -> required.name().equals("io.hsu.core")
                        && required.modifiers().contains(Requires.Modifier.TRANSITIVE)));
        assertTrue(requires.stream()
                .filter(required -> required.name().contains("snakeyaml"))
                .noneMatch(required -> required.modifiers().contains(Requires.Modifier.TRANSITIVE)));
    }

    @Test
    void publicTypes() throws Exception {
        try (Stream<Path> files = Files.list(CLASSES.resolve("io/hsu/config"))) {
            Set<String> types = files.map(file -> file.getFileName().toString().replace(".class", ""))
                    .filter(name -> !name.contains("$") && !name.equals("package-info"))
                    .filter(ModuleTest::isPublic)
                    .collect(Collectors.toSet());

            assertEquals(Set.of("HsuConfig", "Problem", "ConfigException", "LogLevel"), types);
        }
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName("io.hsu.config." + name).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
