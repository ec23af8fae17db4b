package io.hsu.spi;

import java.io.IOException;

/**
 * Takes output. One call at a time, in the order in which the lines of each stream were written.
 *
 * <p>Where it is called, it may take its time: the lines that come meanwhile wait in the target's buffer. What it throws is
 * reported once; the same batch is brought again after a while, and again, until it is taken or the buffer is full.
 */
public interface LogSink extends AutoCloseable {

    /**
     * Takes lines.
     *
     * @param batch the lines; good until this returns
     * @throws IOException if they could not be taken, none of them: they are brought again
     */
    void write(LogBatch batch) throws IOException;

    /**
     * Hands on what it has gathered, if it gathers anything. Called when nothing more has come for now, now and then while more
     * comes, and before the close. Output that comes from a spool is safe in the spool until then.
     *
     * @throws IOException if it could not be handed on: it is called again after the next batch, and what was gathered is the
     *     sink's to keep until then
     */
    default void flush() throws IOException {}

    /** Ends it. Called once; nothing is brought afterwards. */
    @Override
    default void close() throws IOException {}
}
