package io.hsu.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where log files go when the file names no base directory: the user's own place, as the operating system has it. */
final class DefaultDirectory {

    private static final String FOLDER = "hsu-process-manager";

    /**
     * {@return the directory for logs}
     *
     * @param environment the variables
     * @param system the operating system's name, as {@code os.name} has it
     * @param home the user's home directory
     */
    static Path logs(Map<String, String> environment, String system, Path home) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return absolute(
                            environment.get("LOCALAPPDATA"),
                            home.resolve("AppData").resolve("Local"))
                    .resolve(FOLDER)
                    .resolve("logs");
        }
        if (name.startsWith("mac")) {
            return home.resolve("Library").resolve("Logs").resolve(FOLDER);
        }
        return absolute(environment.get("XDG_DATA_HOME"), home.resolve(".local").resolve("share"))
                .resolve("logs")
                .resolve(FOLDER);
    }

    /** The XDG specification: a relative path is invalid and to be ignored. */
    private static Path absolute(String configured, Path otherwise) {
        return configured != null && Path.of(configured).isAbsolute() ? Path.of(configured) : otherwise;
    }

    private DefaultDirectory() {}
}
