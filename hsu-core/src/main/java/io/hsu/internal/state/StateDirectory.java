package io.hsu.internal.state;

import io.hsu.HsuException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What outlives a manager, in a directory that one manager at a time has, and that its owner alone can look into. Safe for use
 * by many threads.
 */
public final class StateDirectory implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String SPOOLS = "spool";
    private static final String PORT = ".port";
    private static final Set<String> OURS = Set.of(LOCK, SPOOLS);
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path directory;
    private final FileChannel lockFile;

    private StateDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /**
     * Takes a directory; makes it if need be.
     *
     * @throws HsuException if another manager has it, it is a symbolic link or another user's, or it cannot be made
     */
    public static StateDirectory open(Path path) {
        Path directory = path.toAbsolutePath().normalize();
        try {
            if (Files.isSymbolicLink(directory)) {
                throw refused(directory, "it is a symbolic link; name the directory itself", null);
            }
            Files.createDirectories(directory);
            requireOwn(directory);
            makePrivate(directory);
            Path spools = directory.resolve(SPOOLS);
            if (Files.exists(spools, LinkOption.NOFOLLOW_LINKS)) {
                requireOwn(spools);
            }
            return lock(directory);
        } catch (IOException e) {
            throw refused(directory, e.toString(), e);
        }
    }

    /** What somebody else has put there is not to be read, truncated or signalled in this user's name. */
    private static void requireOwn(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(directory, "it is no directory, or a symbolic link to one", null);
        }
        if (!Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            return;
        }
        Path probe = Files.createTempFile(directory, "owner", ".tmp");
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(directory))) {
                throw refused(directory, "it belongs to another user, " + Files.getOwner(directory), null);
            }
        } finally {
            Files.delete(probe);
        }
    }

    private static StateDirectory lock(Path directory) throws IOException {
        Path file = directory.resolve(LOCK);
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw refused(
                        directory,
                        "the process manager of pid %s has it; stop that one, or name another directory"
                                .formatted(holder(channel)),
                        null);
            }
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
            return new StateDirectory(directory, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another manager in this JVM
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "unknown" : pid;
    }

    /** One that is somebody's for other things keeps its permissions, and is refused. */
    private static void makePrivate(Path directory) throws IOException {
        if (!Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(directory);
        if (PRIVATE.containsAll(now)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.anyMatch(file -> !isOurs(file.getFileName().toString()))) {
                throw refused(
                        directory,
                        "others may look into it (%s), and it holds files that are not the manager's; name one of its own"
                                .formatted(PosixFilePermissions.toString(now)),
                        null);
            }
        }
        Files.setPosixFilePermissions(directory, PRIVATE);
    }

    private static boolean isOurs(String name) {
        return OURS.contains(name) || name.endsWith(PORT);
    }

    private static HsuException refused(Path directory, String why, Throwable cause) {
        return new HsuException(null, "state directory '%s' cannot be used: %s".formatted(directory, why), cause);
    }

    /** {@return where the spools of a process lie; made when the first one is} */
    public Path spools(String processId) {
        return directory.resolve(SPOOLS).resolve(processId);
    }

    /** {@return where the port of a process is told} */
    public PortFile portFile(String processId) {
        return new PortFile(directory.resolve(processId + PORT));
    }

    /** {@return the processes that earlier managers have left spools of} */
    public Set<String> processesWithSpools() {
        Path spools = directory.resolve(SPOOLS);
        if (!Files.isDirectory(spools)) {
            return Set.of();
        }
        try (Stream<Path> each = Files.list(spools)) {
            return each.filter(StateDirectory::holdsSomething)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            return Set.of();
        }
    }

    private static boolean holdsSomething(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Lets another manager have it. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw refused(directory, "it could not be given back: " + e, e);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
