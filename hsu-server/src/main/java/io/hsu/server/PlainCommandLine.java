package io.hsu.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads a command line with nothing special about it, such as {@code --config hsu.yaml --port 0}, without picocli, whose
 * classes take as long to load as all the rest: they are of a format too old for the JVM's class archive. What is written in
 * another way, help and all mistakes are left to picocli, which reads a plain line no differently.
 */
final class PlainCommandLine {

    private static final int HIGHEST_PORT = 65535;
    private static final Pattern NOTHING = Pattern.compile("");
    private static final Pattern FILE = Pattern.compile("(?!-|run$).+");
    private static final Map<String, Pattern> VALUES = Map.of(
            "--debug", NOTHING,
            "--lenient", NOTHING,
            "--config", FILE,
            "run", FILE,
            "--port", Pattern.compile("0|[1-9]\\d{0,4}"),
            "--run-duration", Pattern.compile("[1-9]\\d{0,8}"));

    /** {@return what a command line says; empty if it is not plain} */
    static Optional<RunOptions> read(String... args) {
        Map<String, String> said = new HashMap<>();
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String option = words.next();
            Pattern allowed = VALUES.get(option);
            String value = allowed != NOTHING && words.hasNext() ? words.next() : "";
            if (allowed == null || !allowed.matcher(value).matches() || said.put(option, value) != null) {
                return Optional.empty();
            }
        }
        return said.containsKey("--config") == said.containsKey("run") ? Optional.empty() : options(said);
    }

    private static Optional<RunOptions> options(Map<String, String> said) {
        Path config;
        try {
            config = Path.of(said.getOrDefault("--config", said.get("run")));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        String port = said.get("--port");
        String seconds = said.get("--run-duration");
        RunOptions options = new RunOptions(
                config,
                said.containsKey("--debug"),
                said.containsKey("--lenient"),
                port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
                Optional.ofNullable(seconds).map(Long::parseLong).map(Duration::ofSeconds));
        return options.port().orElse(0) <= HIGHEST_PORT ? Optional.of(options) : Optional.empty();
    }

    private PlainCommandLine() {}
}
