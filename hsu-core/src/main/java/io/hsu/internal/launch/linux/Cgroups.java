package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
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
 * each launch. No controller is needed, so that the hierarchy without any, which hosts with version 1 have beside it, serves
 * as well. The directory is named after the manager's process; what a crashed one has left behind, and is empty, is removed.
 */
final class Cgroups {

    private static final Logger log = LoggerFactory.getLogger(Cgroups.class);

    private static final String PREFIX = "hsu-";
    private static final AtomicInteger managers = new AtomicInteger();

    private static final int MAX_SPARES = 64;

    private final Path directory;
    private final String path;
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean closed;

    /** Groups that are there and empty. */
    private final Queue<Integer> spares = new ArrayBlockingQueue<>(MAX_SPARES);

    private Cgroups(Path directory) {
        this.directory = directory;
        this.path = directory + "/";
    }

    /** {@return those of a new manager; empty if there is no hierarchy of version 2 in which this process may make groups} */
    static Optional<Cgroups> open() {
        Path own = CgroupMount.own().orElse(null);
        if (own == null) {
            return Optional.empty();
        }
        removeWhatCrashedManagersLeft(own);
        Path directory;
        try {
            directory = make(own);
        } catch (IOException e) {
            log.info("process trees have no control groups: {} cannot be written to ({})", own, e.toString());
            return Optional.empty();
        }
        // A process may be moved by whoever may write to the group above both, which is this one's own.
        if (!Files.isWritable(own.resolve("cgroup.procs")) || !Files.isWritable(directory.resolve("cgroup.kill"))) {
            removeTree(directory);
            log.info(
                    "process trees have no control groups: processes of {} cannot be moved, or the kernel is too old",
                    own);
            return Optional.empty();
        }
        return Optional.of(new Cgroups(directory));
    }

    /** The same process may hold another copy of this class, which counts for itself. */
    private static Path make(Path own) throws IOException {
        String name = PREFIX + ProcessHandle.current().pid() + "-";
        while (true) {
            try {
                return Files.createDirectory(own.resolve(name + managers.incrementAndGet()));
            } catch (FileAlreadyExistsException e) {
                log.debug("{}", e.toString());
            }
        }
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
            removeTree(directory);
        } else if (isEmpty(number) && !(isAsNew(number) && spares.offer(number))) {
            removeTree(directory(number));
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
        removeTree(directory);
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

    private static void removeWhatCrashedManagersLeft(Path own) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(own, PREFIX + "*")) {
            for (Path directory : left) {
                if (!isOfALivingManager(directory)) {
                    removeTree(directory);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("empty control groups were not looked for: {}", e.toString());
        }
    }

    private static boolean isOfALivingManager(Path directory) {
        String name = directory.getFileName().toString();
        String pid = name.substring(PREFIX.length(), Math.max(PREFIX.length(), name.lastIndexOf('-')));
        return !pid.matches("\\d{1,18}")
                || ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }

    /** Removes a group and those below it, as far as they are empty: the kernel refuses the others. */
    static void removeTree(Path directory) {
        try (DirectoryStream<Path> below = Files.newDirectoryStream(directory, Files::isDirectory)) {
            below.forEach(Cgroups::removeTree);
            Files.delete(directory);
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("control group {} stays: {}", directory, e.toString());
        }
    }
}
