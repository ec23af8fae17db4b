package io.hsu.internal.launch;

import io.hsu.LauncherType;
import io.hsu.internal.launch.linux.LinuxLauncher;
import io.hsu.internal.linux.LinuxSupport;
import io.hsu.internal.time.Clock;
import io.hsu.internal.time.Timer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the launcher of a manager, once, and says which. */
public final class Launchers {

    /** Overrules {@link LauncherType#AUTO}: auto, linux or portable. */
    static final String PROPERTY = "hsu.launcher";

    /** Set to off, it keeps the Linux launcher from using control groups. */
    static final String CGROUPS = "hsu.cgroups";

    private static final Logger log = LoggerFactory.getLogger(Launchers.class);

    /**
     * {@return the launcher}
     *
     * @param wanted what the builder says; the system property {@code hsu.launcher} decides if that is AUTO
     * @param threads makes the launcher's threads
     * @param pool reads output that goes somewhere slow
     * @throws IllegalArgumentException if the property says something else
     * @throws UnsupportedOperationException if the one that is asked for does not work here
     */
    public static Launcher open(LauncherType wanted, Timer timer, Clock clock, ThreadFactory threads, Executor pool) {
        LauncherType type = wanted == LauncherType.AUTO ? ofProperty() : wanted;
        if (type == LauncherType.PORTABLE) {
            log.info("launcher: portable, as asked for");
            return new PortableLauncher(timer, threads);
        }
        String missing = LinuxSupport.missing().orElse(null);
        if (missing == null) {
            try {
                Launcher launcher =
                        new LinuxLauncher(timer, clock, threads, pool, !"off".equals(System.getProperty(CGROUPS)));
                log.info("launcher: {}", launcher.name());
                return launcher;
            } catch (IOException | RuntimeException | LinkageError e) {
                missing = e.toString();
            }
        }
        if (type == LauncherType.LINUX) {
            throw new UnsupportedOperationException(
                    "the Linux launcher was asked for and does not work here: %s; use AUTO or PORTABLE"
                            .formatted(missing));
        }
        log.info("launcher: portable, because the Linux launcher does not work here: {}", missing);
        return new PortableLauncher(timer, threads);
    }

    private static LauncherType ofProperty() {
        String value = System.getProperty(PROPERTY, "auto");
        try {
            return LauncherType.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("system property %s is '%s'; it must be one of %s"
                    .formatted(
                            PROPERTY,
                            value,
                            Arrays.toString(LauncherType.values()).toLowerCase(Locale.ROOT)));
        }
    }

    private Launchers() {}
}
