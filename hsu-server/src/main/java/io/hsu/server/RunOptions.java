package io.hsu.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line says about a run.
 *
 * @param config the configuration file
 * @param debug whether the log tells everything, whatever the configuration says
 * @param lenient whether unknown keys in the configuration are warnings
 * @param port the management port, if not the configuration's
 * @param runDuration after what time the manager ends by itself
 */
record RunOptions(Path config, boolean debug, boolean lenient, OptionalInt port, Optional<Duration> runDuration) {}
