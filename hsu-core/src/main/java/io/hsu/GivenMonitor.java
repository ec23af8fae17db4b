package io.hsu;

import io.hsu.spi.ResourceMonitor;
import io.hsu.spi.ResourceMonitorProvider;

/** A monitor that was handed in as it is, before any provider. */
record GivenMonitor(ResourceMonitor monitor) implements ResourceMonitorProvider {

    @Override
    public String name() {
        return "given";
    }

    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public ResourceMonitor create() {
        return monitor;
    }
}
