package io.hsu.internal.log;

import io.hsu.OutputSpec;
import io.hsu.OutputSpec.Target;
import io.hsu.ProcessSpec;
import io.hsu.internal.Require;
import java.nio.file.Path;

/** Where log files lie. */
public final class LogFiles {

    private static final String PROCESS_ID = "{process_id}";
    private static final String PROCESS_DIRECTORY = "managed_processes";

    /**
     * Refuses relative files where there is no directory that they could lie in.
     *
     * @param logDirectory may be null
     */
    public static void check(ProcessSpec spec, Path logDirectory) {
        OutputSpec output = spec.output();
        for (Target target : output.targets()) {
            if (target instanceof Target.File file) {
                Require.argument(
                        file.path().isAbsolute() || logDirectory != null,
                        "process '%s': its log file '%s' is relative and the manager has no log directory; "
                                + "set logDirectory(...) on the manager's builder or give an absolute path",
                        spec.id(),
                        file.path());
            }
        }
    }

    static Path resolve(String processId, Path path, Path logDirectory) {
        Path named = Path.of(named(processId, path.toString()));
        return (named.isAbsolute()
                        ? named
                        : logDirectory.resolve(PROCESS_DIRECTORY).resolve(named))
                .toAbsolutePath();
    }

    static String named(String processId, String text) {
        return text.replace(PROCESS_ID, processId);
    }

    private LogFiles() {}
}
