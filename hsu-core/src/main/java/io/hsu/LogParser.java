package io.hsu;

/** A way in which lines are structured; what is understood is added to {@link LogFormat#JSON} as {@code fields}. */
public enum LogParser {

    /** A line that is one JSON object (RFC 8259). */
    JSON,

    /** {@code key=value} pairs, separated by blanks; values with blanks in double quotes. */
    LOGFMT
}
