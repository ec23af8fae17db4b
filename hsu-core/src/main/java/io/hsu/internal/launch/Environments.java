package io.hsu.internal.launch;

import io.hsu.ProcessSpec;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Works out a child's environment: inherited, less what is removed and what is meant for the manager itself, then the file, then
 * what is set, then what the manager has to tell.
 */
public final class Environments {

    /** By these, systemd talks to the manager: a child that took them over would speak in its name. */
    private static final Set<String> MANAGERS_OWN = Set.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID");

    /** {@return all of it} */
    static Map<String, String> of(LaunchRequest request, Map<String, String> inherited) {
        Map<String, String> environment = new HashMap<>();
        if (request.spec().inheritsEnvironment()) {
            inherited.forEach((name, value) -> {
                if (isInherited(request.spec(), name)) {
                    environment.put(name, value);
                }
            });
        }
        environment.putAll(own(request));
        return environment;
    }

    /** {@return whether a variable of the manager's is the child's too} */
    public static boolean isInherited(ProcessSpec spec, String name) {
        return !spec.removedEnvironment().contains(name) && !MANAGERS_OWN.contains(name);
    }

    /** {@return what is the launch's own: the file, then what is set, then what the manager tells} */
    public static Map<String, String> own(LaunchRequest request) {
        ProcessSpec spec = request.spec();
        Map<String, String> environment = new LinkedHashMap<>();
        spec.environmentFile().ifPresent(file -> read(spec.id(), file, environment));
        environment.putAll(spec.environment());
        environment.putAll(request.environment());
        return environment;
    }

    private static void read(String processId, Path file, Map<String, String> environment) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException
                    ? "does not exist (looked at %s)"
                            .formatted(file.toAbsolutePath().normalize())
                    : "cannot be read: " + e;
            throw unreadable(processId, file, why, e);
        }
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1 || line.indexOf('\0') >= 0) {
                // The line itself may be half a secret, so only its number is told.
                throw unreadable(processId, file, "line " + number + " is not NAME=value", null);
            }
            environment.put(
                    line.substring(0, equals).strip(),
                    unquoted(line.substring(equals + 1).strip()));
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static ProcessStartException unreadable(String processId, Path file, String what, Exception cause) {
        return new ProcessStartException(
                processId,
                Reason.ENVIRONMENT_FILE_UNREADABLE,
                "process '%s' cannot be started: environment file '%s' %s".formatted(processId, file, what),
                List.of(),
                cause);
    }

    private Environments() {}
}
