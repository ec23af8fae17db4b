package io.hsu.internal.resource.oshi;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.spi.SystemInfoProvider;

/** Opens OSHI: with native functions, and on a Linux where these cannot be used, without. */
final class Oshi {

    private static final Logger log = LoggerFactory.getLogger(Oshi.class);

    static SystemInfoProvider open() {
        try {
            SystemInfoProvider all = new SystemInfo();
            all.getOperatingSystem().getProcessId(); // which fails where JNA does
            return all;
        } catch (LinkageError e) {
            log.info("OSHI goes without native functions: {}", e.toString());
            return new oshi.nativefree.SystemInfo();
        }
    }

    private Oshi() {}
}
