package io.hsu;

import io.hsu.internal.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which lines go to the targets; what is kept in memory, and what checks look at, is not filtered. Immutable and safe for use
 * by many threads: every method that sets something returns a changed copy.
 *
 * <p>A line passes if it is severe enough, no exclude pattern is found in it, and one of the include patterns is, if there
 * are any. Its level is detected: the field {@code level}, {@code lvl} or {@code severity} of JSON and logfmt, or a level's
 * name where log lines usually have one. A line without a level passes; but one that begins with a blank and follows another
 * line (a stack trace) goes where that line has gone.
 */
public final class LogFilter {

    private static final LogFilter NONE = new LogFilter(null, List.of(), List.of());

    private final LogLevel minLevel;
    private final List<Pattern> includes;
    private final List<Pattern> excludes;

    private LogFilter(LogLevel minLevel, List<Pattern> includes, List<Pattern> excludes) {
        this.minLevel = minLevel;
        this.includes = includes;
        this.excludes = excludes;
    }

    /** {@return the default: every line passes} */
    public static LogFilter none() {
        return NONE;
    }

    /** Sets the least severe level that passes. */
    public LogFilter minLevel(LogLevel level) {
        return new LogFilter(Require.nonNull(level, "level"), includes, excludes);
    }

    /** Adds a pattern; of all that are added so, one must be found in a line. */
    public LogFilter include(Pattern pattern) {
        return new LogFilter(minLevel, with(includes, pattern), excludes);
    }

    /** Adds a pattern that must not be found in a line. */
    public LogFilter exclude(Pattern pattern) {
        return new LogFilter(minLevel, includes, with(excludes, pattern));
    }

    /** {@return the least severe level that passes; empty: all pass} */
    public Optional<LogLevel> minLevel() {
        return Optional.ofNullable(minLevel);
    }

    /** {@return of which one must be found; empty: none need be} */
    public List<Pattern> includes() {
        return includes;
    }

    /** {@return of which none must be found} */
    public List<Pattern> excludes() {
        return excludes;
    }

    private static List<Pattern> with(List<Pattern> patterns, Pattern added) {
        List<Pattern> all = new ArrayList<>(patterns);
        all.add(Require.nonNull(added, "pattern"));
        return List.copyOf(all);
    }

    /** Patterns have no equality of their own: the same text with the same flags is the same pattern. */
    private static List<String> texts(List<Pattern> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.flags() + "/" + pattern.pattern())
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogFilter that
                && minLevel == that.minLevel
                && texts(includes).equals(texts(that.includes))
                && texts(excludes).equals(texts(that.excludes));
    }

    @Override
    public int hashCode() {
        return Objects.hash(minLevel, texts(includes), texts(excludes));
    }

    @Override
    public String toString() {
        return "LogFilter[minLevel=%s, includes=%s, excludes=%s]".formatted(minLevel, includes, excludes);
    }
}
