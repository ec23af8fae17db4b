package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.Scratch;

/** Where a stream of a child is read from. Used by one thread at a time. */
interface OutputSource {

    int NOTHING_YET = -1;

    /** {@return what the reactor waits for} */
    int descriptor();

    /** {@return whether the descriptor is a pipe that holds the output itself} */
    boolean isPipe();

    /**
     * Reads what is there.
     *
     * @param atExit whether the process has ended, so that a line that has begun is not waited for
     * @return how much it was; 0 at the end; less than 0 if nothing is there yet
     */
    int read(Scratch scratch, boolean atExit);

    /**
     * So much was taken out of the pipe by somebody else.
     *
     * @param alone whether nobody else has waited for a turn
     */
    default void moved(long count, boolean alone) {}

    /** {@return is to be told when what was read last is nobody's business any more; null if that does not matter} */
    Runnable whenTaken();

    /** Nothing is read any more. */
    void close();
}
