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

/** Works out a child's environment: inherited, less what is removed, then the file, then what is set. */
public final class Environments {

    /** {@return all of it} */
    static Map<String, String> of(ProcessSpec spec, Map<String, String> inherited) {
        Map<String, String> environment = new HashMap<>();
        if (spec.inheritsEnvironment()) {
            environment.putAll(inherited);
            environment.keySet().removeAll(spec.removedEnvironment());
        }
        environment.putAll(own(spec));
        return environment;
    }

    /** {@return what is the specification's own: the file, then what is set} */
    public static Map<String, String> own(ProcessSpec spec) {
        Map<String, String> environment = new LinkedHashMap<>();
        spec.environmentFile().ifPresent(file -> read(spec.id(), file, environment));
        environment.putAll(spec.environment());
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
