package io.hsu.internal.resource.linux;

import io.hsu.spi.ResourceReading;

/** One process, as long as it is measured, or looked at to see whether it belongs to something that is. */
final class Proc {

    final long pid;
    /** In clock ticks, with the id its identity; -1 before it was read. */
    long start = -1;

    long parent;
    long session;
    /** It was gone when it was looked at last: nothing else comes after that. */
    boolean gone;
    /** The pass that has read it last. */
    long readIn;
    /** The pass that has read more of it than its {@code stat}. */
    long detailsIn;

    /** How many watches measure it. */
    int users;
    /** What was read of it; null as long as nobody measures it. */
    ResourceReading reading;

    // Kept open as long as somebody measures it; -1 if it is not.
    int stat = -1;
    int io = -1;
    int descriptors = -1;

    // As the table has it.
    long inode;
    long seenIn;
    boolean markSought;
    Proc firstChild;
    Proc nextSibling;
    Proc firstOfSession;
    Proc nextOfSession;

    // Scratch: where it was found, listed, or was a member before.
    long foundIn;
    long listedIn;
    long memberOf;

    Proc(long pid) {
        this.pid = pid;
    }
}
