package io.hsu.internal.log;

import io.hsu.LogFilter;
import io.hsu.LogLevel;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the lines out of one stream that no target is to have. Used by the thread that has the stream. */
final class LineFilter {

    private static final Logger log = LoggerFactory.getLogger(LineFilter.class);

    private final LogLevel minLevel;
    private final List<Matcher> includes;
    private final List<Matcher> excludes;
    private final String processId;
    /** What became of the line before, for those that belong to it. */
    private boolean lastPassed = true;

    private boolean inLine;
    private boolean failureTold;

    private LineFilter(LogFilter filter, String processId) {
        this.minLevel = filter.minLevel().orElse(null);
        this.includes = matchers(filter.includes());
        this.excludes = matchers(filter.excludes());
        this.processId = processId;
    }

    /** {@return the filter for one stream; null if everything passes} */
    static LineFilter of(LogFilter filter, String processId) {
        return filter.equals(LogFilter.none()) ? null : new LineFilter(filter, processId);
    }

    private static List<Matcher> matchers(List<Pattern> patterns) {
        return patterns.stream().map(pattern -> pattern.matcher("")).toList();
    }

    void apply(LineTable lines) {
        int kept = 0;
        for (int index = 0; index < lines.count(); index++) {
            // The pieces of a line stay together.
            boolean passes = inLine ? lastPassed : passes(lines, index);
            inLine = lines.isSplit(index);
            lastPassed = passes;
            if (passes) {
                lines.keep(index, kept++);
            }
        }
        lines.truncate(kept);
    }

    private boolean passes(LineTable lines, int index) {
        if (minLevel != null) {
            LogLevel level = lines.level(index);
            if (level == null ? isContinuation(lines, index) && !lastPassed : level.compareTo(minLevel) < 0) {
                return false;
            }
        }
        if (includes.isEmpty() && excludes.isEmpty()) {
            return true;
        }
        String text = lines.text(index);
        return !anyFinds(excludes, text, false) && (includes.isEmpty() || anyFinds(includes, text, true));
    }

    private static boolean isContinuation(LineTable lines, int index) {
        int start = lines.start(index);
        return start < lines.end(index) && (lines.bytes()[start] == ' ' || lines.bytes()[start] == '\t');
    }

    /** A pattern that fails on a line says nothing about it, and the line passes: it must not be lost. */
    private boolean anyFinds(List<Matcher> matchers, String text, boolean whenItFails) {
        for (Matcher matcher : matchers) {
            try {
                if (matcher.reset(text).find()) {
                    return true;
                }
            } catch (StackOverflowError e) {
                if (!failureTold) {
                    failureTold = true;
                    log.warn(
                            "process '{}': pattern /{}/ is too deep for a line of {} characters; such lines pass the filter",
                            processId,
                            matcher.pattern(),
                            text.length());
                }
                return whenItFails;
            }
        }
        return false;
    }
}
