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

    /** Something that a strict load refuses and a lenient one goes without. */
    void ignorable(Place place, String message) {
        if (lenient) {
            warning(place, message + "; ignored");
        } else {
            error(place, message);
        }
    }

    /** A feature to come, named by its key or value. */
    void notSupportedYet(Place place, String what) {
        ignorable(
                place,
                lenient
                        ? what + " is not supported yet"
                        : what + " is not supported yet; remove it, or load leniently to go without it");
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
        return new Problem(file, place.line(), place.column(), place.path(), message);
    }
}
