package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control groups of one manager (cgroups(7), version 2): one directory below the manager's own group, and in it one for
 * each launch. To keep trees together, no controller is needed, so that the hierarchy without any, which hosts with version 1
 * have beside it, serves as well. The directory is named after the manager's process; what a crashed one has left behind, and is empty, is removed.
 */
final class Cgroups {

    private static final Logger log = LoggerFactory.getLogger(Cgroups.class);

    private static final int MAX_SPARES = 64;

    private final Path directory;
    private final String path;
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean closed;

    /** Groups that are there and empty. */
    private final Queue<Integer> spares = new ArrayBlockingQueue<>(MAX_SPARES);

    /** Groups that hold limits have a past: they are not used again. */
    private final boolean reuses;

    private Cgroups(Path directory, boolean reuses) {
        this.directory = directory;
        this.path = directory + "/";
        this.reuses = reuses;
    }

    /** {@return those of a new manager; empty if there is no hierarchy of version 2 in which this process may make groups} */
    static Optional<Cgroups> open() {
        Path own = CgroupMount.own().orElse(null);
        if (own == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(own, true));
        } catch (IOException e) {
            log.info("process trees have no control groups: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * {@return those of a new manager, below another group}
     *
     * @throws IOException if there can be none, with the reason
     */
    static Cgroups open(Path parent, boolean reuses) throws IOException {
        Path directory = ManagerDirectory.make(parent);
        // A process may be moved by whoever may write to the group above both, which is this one's own.
        if (!Files.isWritable(parent.resolve("cgroup.procs")) || !Files.isWritable(directory.resolve("cgroup.kill"))) {
            ManagerDirectory.remove(directory);
            throw new IOException(
                    "processes of %s cannot be moved, or the kernel is older than Linux 5.14".formatted(parent));
        }
        return new Cgroups(directory, reuses);
    }

    /** {@return the group for a new launch; null if there is none to be had, and its tree is found without} */
    Cgroup create() {
        Integer spare = spares.poll();
        if (spare != null) {
            SmallFile.makeDirectory(path + spare); // in case that somebody has removed it
            return new Cgroup(this, spare);
        }
        int number = numbers.incrementAndGet();
        return SmallFile.makeDirectory(path + number) ? new Cgroup(this, number) : null;
    }

    /** Takes back a group, for another launch: to remove it and make a new one costs as much as to move a process. */
    void takeBack(int number) {
        if (closed) {
            ManagerDirectory.remove(directory);
        } else if (isEmpty(number) && !(reuses && isAsNew(number) && spares.offer(number))) {
            ManagerDirectory.remove(directory(number));
        } // else something lives in it that nobody has seen; it is removed in the end, if it can be
    }

    /** What was in it may have frozen it, or made groups below it. */
    private boolean isAsNew(int number) {
        return SmallFile.read(path + number + "/cgroup.events").contains("frozen 0")
                && SmallFile.read(path + number + "/cgroup.stat").contains("nr_descendants 0\n");
    }

    /** {@return whether nothing in a group, or below it, is alive} */
    boolean isEmpty(int number) {
        String events = SmallFile.read(path + number + "/cgroup.events");
        return events.contains("populated 0") || (events.isEmpty() && !Files.isDirectory(directory(number)));
    }

    /** Removes the manager's directory, unless something still lives in it. */
    void close() {
        closed = true;
        ManagerDirectory.remove(directory);
    }

    Path directory() {
        return directory;
    }

    Path directory(int number) {
        return directory.resolve(Integer.toString(number));
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    /** {@return whether it was written} */
    boolean write(int number, String file, String text) {
        return SmallFile.write(path + number + "/" + file, text);
    }
}
