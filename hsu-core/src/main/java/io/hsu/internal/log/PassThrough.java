package io.hsu.internal.log;

/** Moves output to where it goes without anyone looking at it. Used by the thread that has the stream. */
public interface PassThrough {

    /** Nothing is in the pipe now. */
    long NOTHING_YET = RawSink.NOTHING_YET;

    /** What comes next has to be read. */
    long LOOK = RawSink.LOOK;

    /**
     * Moves what is in a pipe.
     *
     * @param most how many bytes at most: others wait for their turns
     * @return how many bytes; 0 at the end of the pipe; {@link #NOTHING_YET}; {@link #LOOK}
     */
    long moveFrom(int pipe, long most);
}
