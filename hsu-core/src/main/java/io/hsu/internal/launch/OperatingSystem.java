package io.hsu.internal.launch;

import java.util.Locale;

/** Which kind of system this is. */
final class OperatingSystem {

    private static final String NAME = System.getProperty("os.name").toLowerCase(Locale.ROOT);

    static final boolean WINDOWS = NAME.startsWith("windows");
    static final boolean LINUX = NAME.startsWith("linux");

    private OperatingSystem() {}
}
