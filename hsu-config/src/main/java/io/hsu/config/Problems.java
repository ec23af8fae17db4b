package io.hsu.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong with a file, so that all of it can be told together. */
final class Problems {

    private static final Comparator<Problem> IN_FILE_ORDER =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final Path file;
    private final boolean lenient;
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    Problems(Path file, boolean lenient) {
        this.file = file;
        this.lenient = lenient;
    }

    void error(Place place, String message) {
        errors.add(problem(place, message));
    }

    void warning(Place place, String message) {
        warnings.add(problem(place, message));
    }

    /**
     * Something that a strict load refuses and a lenient one goes without.
     *
     * @param refusal what a strict load says
     * @param warning what a lenient one says
     */
    void ignorable(Place place, String refusal, String warning) {
        if (lenient) {
            warning(place, warning);
        } else {
            error(place, refusal);
        }
    }

    /**
     * A feature to come.
     *
     * @param what the feature, by its key or value
     * @param without what a lenient load does instead
     */
    void notSupportedYet(Place place, String what, String without) {
        String message = what + " is not supported yet; ";
        ignorable(place, message + "remove it, or load leniently to go without it", message + without);
    }

    /** {@return an exception for what makes reading on pointless} */
    ConfigException fatal(Place place, String message, Throwable cause) {
        return new ConfigException(file, List.of(problem(place, message)), cause);
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            errors.sort(IN_FILE_ORDER);
            throw new ConfigException(file, errors, null);
        }
    }

    List<Problem> warnings() {
        return warnings.stream().sorted(IN_FILE_ORDER).toList();
    }

    private Problem problem(Place place, String message) {
        return new Problem(file, place.line(), place.column(), place.path(), Shown.message(message));
    }
}
