package io.hsu.internal.launch;

import io.hsu.ProcessSpec;
import io.hsu.StreamKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A request with everything worked out that a real launcher needs.
 *
 * @param processId whom the launch is for
 * @param executable the file to run, found and checked
 * @param command the executable as the user wrote it, and its arguments
 * @param environment the whole environment
 * @param workingDirectory where it runs
 * @param captureStdout whether its standard output is read, or discarded
 * @param captureStderr whether its standard error is read, or discarded
 */
public record LaunchCommand(
        String processId,
        Path executable,
        List<String> command,
        Map<String, String> environment,
        Path workingDirectory,
        boolean captureStdout,
        boolean captureStderr) {

    /**
     * {@return the request, worked out}
     *
     * @throws io.hsu.ProcessStartException if the executable, the working directory or the environment file is missing
     */
    public static LaunchCommand of(LaunchRequest request) {
        ProcessSpec spec = request.spec();
        Map<String, String> environment = Environments.of(request, System.getenv());
        // First, since the working directory may be the executable's own: what is told as missing is what is missing.
        Path executable =
                ExecutableResolver.resolve(spec.id(), request.command().get(0), environment);
        Path directory = ExecutableResolver.workingDirectory(
                spec.id(), spec.workingDirectory().orElse(Path.of("")).toAbsolutePath());
        return new LaunchCommand(
                spec.id(),
                executable,
                request.command(),
                environment,
                directory,
                request.captures(StreamKind.STDOUT),
                request.captures(StreamKind.STDERR));
    }

    /** Leaves the environment's values out: they may be secrets. */
    @Override
    public String toString() {
        return "LaunchCommand[%s, %s in %s]".formatted(processId, command, workingDirectory);
    }
}
