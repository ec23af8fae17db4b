package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The control group of one launch: whatever comes out of a process that is in it is in it too, wherever it goes. */
final class Cgroup {

    private final Cgroups groups;
    private final int number;
    /** Null before anybody has asked. */
    private Optional<Path> directory;

    /** It may be another launch's by now. Under this object's lock, so that nobody kills the other's processes. */
    private boolean givenBack;

    Cgroup(Cgroups groups, int number) {
        this.groups = groups;
        this.number = number;
    }

    /** {@return a descriptor that a process can be born by, to be closed after that; -1 if there is none to be had} */
    int openForSpawn() {
        return SmallFile.openDirectory(groups.directory(number).toString());
    }

    /** {@return its directory, for a monitor; empty if it may be another launch's by now} */
    synchronized Optional<Path> measured() {
        if (directory == null) {
            directory = Optional.of(directory());
        }
        return givenBack ? Optional.empty() : directory;
    }

    /** {@return where it is} */
    Path directory() {
        return groups.directory(number);
    }

    /** Moves a process here; what comes out of it from now on is here too. {@return whether the kernel has agreed} */
    synchronized boolean attach(long pid) {
        return !givenBack && groups.write(number, "cgroup.procs", Long.toString(pid));
    }

    /** {@return whether nothing in it, or below it, is alive} Only this tells; a list is old when it has been read. */
    synchronized boolean isEmpty() {
        return givenBack || groups.isEmpty(number);
    }

    /**
     * {@return the ids of what is in it; the dead are not}
     *
     * @throws UncheckedIOException if it cannot be looked at
     */
    synchronized List<Long> members() {
        List<Long> members = new ArrayList<>();
        if (!isEmpty()) {
            collect(groups.directory(number), members);
        }
        return members;
    }

    /** A child may have made groups of its own below this one. */
    private static void collect(Path directory, List<Long> members) {
        text(directory.resolve("cgroup.procs")).lines().map(Long::valueOf).forEach(members::add);
        if (!text(directory.resolve("cgroup.stat")).contains("nr_descendants 0\n")) {
            below(directory).forEach(child -> collect(child, members));
        }
    }

    private static List<Path> below(Path directory) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
            entries.forEach(children::add);
        } catch (IOException | DirectoryIteratorException e) {
            throwUnlessGone(directory, e);
        }
        return children;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throwUnlessGone(file.getParent(), e);
            return "";
        }
    }

    private static void throwUnlessGone(Path directory, Exception e) {
        if (Files.isDirectory(directory)) {
            throw new UncheckedIOException(new IOException("control group " + directory + " cannot be read", e));
        }
    }

    /** Kills everything in it. */
    synchronized void kill() {
        if (!givenBack) {
            groups.write(number, "cgroup.kill", "1");
        }
    }

    /** It is empty, and no longer needed. */
    synchronized void giveBack() {
        if (!givenBack) {
            givenBack = true;
            groups.takeBack(number);
        }
    }
}
