package io.hsu.internal.resource.oshi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.ProcessManager;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class OshiMonitorProviderTest {

    /** The library is found by class path, so that it can be left out. */
    @Test
    void oshi_isNotNeededBeforeItIsUsed() throws Exception {
        URL[] withoutIt = {location(ProcessManager.class), location(Logger.class)};
        try (URLClassLoader loader = new URLClassLoader(withoutIt, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass("io.hsu.spi.Providers");
            Object builder = type.getMethod("builder").invoke(null);
            Object providers = builder.getClass().getMethod("discover").invoke(builder);
            assertEquals(
                    Set.of("linux", "oshi"),
                    type.getMethod("resourceMonitorNames").invoke(providers));
            Throwable refusal = assertThrows(
                            InvocationTargetException.class,
                            () -> type.getMethod("resourceMonitor", String.class)
                                    .invoke(providers, "oshi"))
                    .getCause();
            assertEquals(
                    "resource monitor 'oshi' does not work here: oshi-core is not on the class path",
                    refusal.getMessage());
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
