package io.hsu;

/** How lines are written to a {@link LogTarget}. */
public enum LogFormat {

    /**
     * The bytes as the process wrote them, whatever they are. In a file of one stream alone not even a line that is longer than
     * {@link OutputSpec#lineLimit} is touched; elsewhere, each of its pieces is a line.
     */
    PLAIN,

    /**
     * One line of text for each line: the time, where it comes from, the {@linkplain LogField fields} that are asked for as
     * {@code name=value}, a bar, and the bytes as the process wrote them:
     *
     * <pre>{@code 2026-11-25T09:21:50.123Z api stdout seq=17 line=12 | GET /health 200}</pre>
     */
    ENHANCED_PLAIN,

    /**
     * One JSON object for each line: {@code time}, {@code process}, {@code stream}, the {@linkplain LogField fields} that are
     * asked for, {@code level} where one is detected, {@code message}, {@code split} where it is, and {@code fields} where a
     * {@link LogParser} understands the line.
     */
    JSON
}
