package io.hsu.internal.resource.oshi;

import io.hsu.internal.resource.ResourceMonitorContract;
import io.hsu.spi.ResourceMonitor;

class OshiResourceMonitorTest extends ResourceMonitorContract {

    @Override
    protected ResourceMonitor create() {
        return new OshiMonitorProvider().create();
    }

    @Override
    protected boolean countsOperations() {
        return false;
    }

    @Override
    protected boolean countsWhoCameAndWent() {
        return false;
    }
}
