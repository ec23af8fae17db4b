package io.hsu.internal.resource.oshi;

import io.hsu.ResourceMetric;
import io.hsu.spi.ResourceMonitor;
import io.hsu.spi.ResourceMonitorProvider;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Provides {@code oshi}, for every system that OSHI knows. Its classes are loaded when a monitor is made. */
public final class OshiMonitorProvider implements ResourceMonitorProvider {

    private static final int PRIORITY = 0;

    @Override
    public String name() {
        return "oshi";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<String> unavailable() {
        boolean isThere = OshiMonitorProvider.class.getClassLoader().getResource("oshi/SystemInfo.class") != null;
        return isThere ? Optional.empty() : Optional.of("oshi-core is not on the class path");
    }

    @Override
    public Set<ResourceMetric> measures() {
        return EnumSet.complementOf(EnumSet.of(
                ResourceMetric.READ_OPERATIONS,
                ResourceMetric.WRITE_OPERATIONS,
                ResourceMetric.READ_OPERATIONS_PER_SECOND,
                ResourceMetric.WRITE_OPERATIONS_PER_SECOND));
    }

    @Override
    public ResourceMonitor create() {
        return new OshiResourceMonitor();
    }
}
