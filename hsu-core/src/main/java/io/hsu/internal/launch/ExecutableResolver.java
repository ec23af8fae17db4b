package io.hsu.internal.launch;

import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds an executable before the launch, so that what is missing is told apart from what does not work. */
final class ExecutableResolver {

    /**
     * {@return the file to run}
     *
     * @param processId whom it is for
     * @param name a path, or a bare name that is looked up in the child's PATH
     * @param environment the child's environment
     */
    static Path resolve(String processId, String name, Map<String, String> environment) {
        try {
            return isPath(name) ? atPath(processId, name, environment) : inSearchPath(processId, name, environment);
        } catch (InvalidPathException e) {
            throw failure(processId, Reason.EXECUTABLE_NOT_FOUND, "executable '%s' is not a path".formatted(name));
        }
    }

    /** Checks the working directory; its absence would otherwise look like the executable's. */
    static Path workingDirectory(String processId, Path directory) {
        if (!Files.isDirectory(directory)) {
            throw failure(
                    processId,
                    Reason.WORKING_DIRECTORY_NOT_FOUND,
                    "working directory '%s' %s; create it or set another one"
                            .formatted(directory, Files.exists(directory) ? "is not a directory" : "does not exist"));
        }
        return directory;
    }

    private static boolean isPath(String name) {
        return name.indexOf('/') >= 0 || name.indexOf(File.separatorChar) >= 0;
    }

    private static Path atPath(String processId, String name, Map<String, String> environment) {
        for (String candidate : withExtensions(name, environment)) {
            Path path = Path.of(candidate).toAbsolutePath();
            if (Files.exists(path)) {
                return checked(processId, name, path);
            }
        }
        throw failure(
                processId,
                Reason.EXECUTABLE_NOT_FOUND,
                "executable '%s' does not exist (looked at %s); correct the path"
                        .formatted(name, Path.of(name).toAbsolutePath().normalize()));
    }

    private static Path inSearchPath(String processId, String name, Map<String, String> environment) {
        String searchPath = searchPath(environment);
        Path refused = null;
        // An empty part of a search path is the current directory, by POSIX; no search path at all is not.
        List<String> directories = searchPath.isEmpty() ? List.of() : List.of(searchPath.split(File.pathSeparator, -1));
        for (String directory : directories) {
            for (String candidate : withExtensions(name, environment)) {
                Path path = in(directory, candidate);
                if (path != null && Files.isRegularFile(path)) {
                    if (Files.isExecutable(path)) {
                        return checked(processId, name, path);
                    }
                    refused = path;
                }
            }
        }
        if (refused != null) {
            return checked(processId, name, refused);
        }
        throw failure(
                processId,
                Reason.EXECUTABLE_NOT_FOUND,
                "executable '%s' was not found in its PATH (%s); install it or give its full path"
                        .formatted(
                                name, directories.isEmpty() ? "which is empty" : directories.size() + " directories"));
    }

    /** {@return null if the directory's name is none in this JVM's locale; the others are looked at all the same} */
    static Path in(String directory, String name) {
        try {
            return Path.of(directory.isEmpty() ? "." : directory, name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Path checked(String processId, String name, Path path) {
        String problem;
        if (Files.isDirectory(path)) {
            problem = "is a directory; name a file in it";
        } else if (!Files.isRegularFile(path)) {
            problem = "is not a file";
        } else if (!Files.isExecutable(path)) {
            problem = "may not be executed; set its execute permission";
        } else {
            problem = ScriptCheck.problem(path).orElse(null);
        }
        if (problem != null) {
            throw failure(processId, Reason.NOT_EXECUTABLE, "executable %s %s".formatted(shown(name, path), problem));
        }
        return path.toAbsolutePath();
    }

    /** {@return the name as it was written, with the file it stands for if that is not the same} */
    private static String shown(String name, Path path) {
        Path file = path.toAbsolutePath().normalize();
        return file.toString().equals(name) ? "'" + name + "'" : "'%s' (%s)".formatted(name, file);
    }

    private static String searchPath(Map<String, String> environment) {
        if (!OperatingSystem.WINDOWS) {
            return environment.getOrDefault("PATH", "");
        }
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().equalsIgnoreCase("PATH"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static List<String> withExtensions(String name, Map<String, String> environment) {
        List<String> candidates = new ArrayList<>();
        candidates.add(name);
        if (OperatingSystem.WINDOWS) {
            for (String extension :
                    environment.getOrDefault("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(";", -1)) {
                candidates.add(name + extension.toLowerCase(Locale.ROOT));
            }
        }
        return candidates;
    }

    private static ProcessStartException failure(String processId, Reason reason, String what) {
        return new ProcessStartException(
                processId, reason, "process '%s' cannot be started: %s".formatted(processId, what), List.of(), null);
    }

    private ExecutableResolver() {}
}
