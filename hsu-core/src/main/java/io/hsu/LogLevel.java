package io.hsu;

/** How severe a line of output says it is, least severe first. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    FATAL
}
