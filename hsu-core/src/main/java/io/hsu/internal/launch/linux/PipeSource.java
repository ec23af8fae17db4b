package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.Descriptors;
import io.hsu.internal.linux.PipeRoom;
import io.hsu.internal.linux.Scratch;

/**
 * The end of a pipe that a child writes to. Who fills it again and again, and is the only one who writes so much, gets a larger
 * one; when others do too, it is as large as theirs again, since who never has to wait gets more of the processor than they.
 */
final class PipeSource implements OutputSource {

    private static final int OFTEN = 16;

    private final int descriptor;
    private int fullAndAlone;
    private int amongOthers;
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
        moved(length, scratch.isAlone());
        return length;
    }

    @Override
    public void moved(long count, boolean alone) {
        if (alone) {
            amongOthers = 0;
            fullAndAlone += count >= PipeRoom.USUAL_SIZE ? 1 : 0;
            if (!enlarged && fullAndAlone == OFTEN) {
                enlarged = PipeRoom.enlarge(descriptor);
            }
        } else {
            fullAndAlone = 0;
            amongOthers++;
            if (enlarged && amongOthers >= OFTEN) {
                enlarged = !PipeRoom.shrink(descriptor);
            }
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
