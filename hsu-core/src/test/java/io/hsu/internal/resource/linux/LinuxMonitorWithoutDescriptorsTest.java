package io.hsu.internal.resource.linux;

import io.hsu.spi.ResourceMonitor;

/** Where no descriptor may be kept open. */
class LinuxMonitorWithoutDescriptorsTest extends LinuxResourceMonitorTest {

    @Override
    protected ResourceMonitor create() {
        return new LinuxResourceMonitor(new KeptDescriptors(0));
    }
}
