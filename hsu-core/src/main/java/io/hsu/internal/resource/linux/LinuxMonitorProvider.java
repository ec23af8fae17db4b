package io.hsu.internal.resource.linux;

import io.hsu.internal.linux.ProcReader;
import io.hsu.spi.ResourceMonitor;
import io.hsu.spi.ResourceMonitorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Provides {@code linux}, which reads {@code /proc}. */
public final class LinuxMonitorProvider implements ResourceMonitorProvider {

    private static final int PRIORITY = 100;

    /** Apart, so that it is tried when it is asked for, and the class itself loads without JNA. */
    private static final class Tried {
        static final String MISSING = look();

        private static String look() {
            if (!System.getProperty("os.name").startsWith("Linux")) {
                return "this is " + System.getProperty("os.name");
            }
            if (!Files.isReadable(Path.of("/proc/self/stat"))) {
                return "there is no /proc";
            }
            try {
                return ProcReader.ticksPerSecond() > 0 ? null : "sysconf does not tell the clock ticks of a second";
            } catch (RuntimeException | LinkageError e) {
                return "JNA cannot be used: " + e;
            }
        }
    }

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.ofNullable(Tried.MISSING);
    }

    @Override
    public ResourceMonitor create() {
        return new LinuxResourceMonitor(KeptDescriptors.ofThisProcess());
    }
}
