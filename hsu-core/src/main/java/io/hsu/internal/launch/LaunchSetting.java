package io.hsu.internal.launch;

import io.hsu.ProcessSpec;
import java.util.OptionalLong;

/** What the kernel can be asked to give a process at its launch, beside its limits. */
public enum LaunchSetting {
    NICENESS("niceness"),
    CPU_SHARES("CPU shares"),
    IO_WEIGHT("I/O weight"),
    CORE_DUMPS("core dumps");

    private final String label;

    LaunchSetting(String label) {
        this.label = label;
    }

    /** {@return what it is called among people} */
    public String label() {
        return label;
    }

    /** {@return what a process asks for; empty if it does not} */
    public OptionalLong of(ProcessSpec spec) {
        return switch (this) {
            case NICENESS ->
                spec.niceness().isPresent() ? OptionalLong.of(spec.niceness().getAsInt()) : OptionalLong.empty();
            case CPU_SHARES ->
                spec.cpuShares().isPresent() ? OptionalLong.of(spec.cpuShares().getAsInt()) : OptionalLong.empty();
            case IO_WEIGHT ->
                spec.ioWeight().isPresent() ? OptionalLong.of(spec.ioWeight().getAsInt()) : OptionalLong.empty();
            case CORE_DUMPS -> spec.coreDumps();
        };
    }
}
