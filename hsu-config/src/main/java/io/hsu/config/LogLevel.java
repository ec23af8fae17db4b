package io.hsu.config;

/** How much a stand-alone manager says about itself; {@code process_manager.log_level} in the file. */
public enum LogLevel {
    /** Everything. */
    TRACE,
    /** What helps to find an error. */
    DEBUG,
    /** What an operator wants to know; the default. */
    INFO,
    /** What may need looking at. */
    WARN,
    /** What needs looking at. */
    ERROR
}
