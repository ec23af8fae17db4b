package io.hsu.internal.resource.linux;

import io.hsu.internal.resource.ResourceMonitorContract;
import io.hsu.spi.ResourceMonitor;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With descriptors that are kept open. */
@EnabledOnOs(OS.LINUX)
class LinuxResourceMonitorTest extends ResourceMonitorContract {

    @Override
    protected ResourceMonitor create() {
        return new LinuxMonitorProvider().create();
    }

    @Override
    protected boolean countsOperations() {
        return true;
    }

    @Override
    protected boolean countsWhoCameAndWent() {
        return true;
    }
}
