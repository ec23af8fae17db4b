package io.hsu.spi;

/** A {@link java.util.ServiceLoader} provider of one kind of target for output. */
public interface LogSinkProvider {

    /** {@return the word that users write, such as {@code "syslog"}} */
    String type();

    /**
     * Makes a sink. Nothing is opened yet: that is for the first lines.
     *
     * @param context what it is for, and what the user wrote; every setting that is not read is refused as unknown
     * @return the sink
     * @throws IllegalArgumentException if a setting is missing or wrong: name it, its value and what is allowed
     */
    LogSink create(LogSinkContext context);
}
