package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.Descriptors;
import io.hsu.internal.linux.PipeRoom;
import io.hsu.internal.linux.Scratch;

/** The end of a pipe that a child writes to. */
final class PipeSource implements OutputSource {

    /** As much as a pipe holds, unless it is made larger (pipe(7)). */
    private static final int USUAL_SIZE = 64 * 1024;
    /** Who fills a pipe so often writes much. */
    private static final int OFTEN = 4;

    private final int descriptor;
    private int full;
    private boolean enlarged;

    PipeSource(int descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public boolean isPipe() {
        return true;
    }

    @Override
    public int read(Scratch scratch, boolean atExit) {
        scratch.growIfFull();
        int length = scratch.read(descriptor);
        moved(length);
        return length;
    }

    @Override
    public void moved(long count) {
        if (count == USUAL_SIZE && ++full == OFTEN) {
            enlarged = PipeRoom.enlarge(descriptor);
        }
    }

    @Override
    public Runnable whenTaken() {
        return null;
    }

    @Override
    public void close() {
        Descriptors.close(descriptor);
        if (enlarged) {
            PipeRoom.giveBack();
        }
    }
}
