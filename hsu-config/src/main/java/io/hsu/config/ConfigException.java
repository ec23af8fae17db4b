package io.hsu.config;

import io.hsu.HsuException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration file cannot be used. It carries every problem of the file, so that all of them can be mended at once;
 * the message says how many there are and shows one per line, at most 100.
 */
public class ConfigException extends HsuException {

    private static final long serialVersionUID = 1L;

    /** One slip may be in every line of a long file. */
    private static final int MOST_SHOWN = 100;

    private final transient List<Problem> problems;

    ConfigException(Path file, List<Problem> problems, Throwable cause) {
        super(message(file, problems), cause);
        this.problems = List.copyOf(problems);
    }

    private static String message(Path file, List<Problem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        int more = problems.size() - MOST_SHOWN;
        return problems.stream()
                .limit(MOST_SHOWN)
                .map(Problem::toString)
                .collect(Collectors.joining(
                        "\n    ",
                        "%s in %s:\n    ".formatted(count, file),
                        more > 0 ? "\n    and %d more".formatted(more) : ""));
    }

    /** {@return the problems in the order of the file, at least one; empty after deserialization} */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
