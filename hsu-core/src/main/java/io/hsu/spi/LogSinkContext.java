package io.hsu.spi;

import io.hsu.LogTarget;
import io.hsu.StreamKind;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What a sink is made for. */
public interface LogSinkContext {

    /** {@return the target that asks for it} */
    LogTarget target();

    /** {@return what the user wrote} */
    Settings settings();

    /** {@return the process whose output it gets; empty if it gets that of all} */
    Optional<String> processId();

    /** {@return the stream that it gets; empty if it gets both} */
    Optional<StreamKind> stream();

    /**
     * {@return where a file lies: {@code {process_id}} and {@code {stream}} are replaced, and a relative path is taken below
     * the manager's log directory}
     *
     * @throws IllegalArgumentException if it is relative, and there is no such directory
     */
    Path file(String path);

    /** {@return what time it is} */
    InstantSource clock();

    /** {@return runs what takes long, such as compressing; its threads are the manager's and end with it} */
    Executor background();
}
