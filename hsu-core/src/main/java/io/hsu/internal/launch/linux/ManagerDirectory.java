package io.hsu.internal.launch.linux;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control group of a manager, below which it makes others: named after the manager's process, so that what a crashed one has left
 * behind can be told, and be removed if it is empty.
 */
final class ManagerDirectory {

    private static final String PREFIX = "hsu-";
    private static final AtomicInteger managers = new AtomicInteger();

    private static final Logger log = LoggerFactory.getLogger(ManagerDirectory.class);

    /**
     * {@return a new one; those of managers that are gone are removed} The same process may hold another copy of this class, which
     * counts for itself.
     *
     * @throws IOException if there can be none, with the reason
     */
    static Path make(Path parent) throws IOException {
        removeLeftBehind(parent);
        String name = PREFIX + ProcessHandle.current().pid() + "-";
        while (true) {
            try {
                return Files.createDirectory(parent.resolve(name + managers.incrementAndGet()));
            } catch (FileAlreadyExistsException e) {
                log.debug("{}", e.toString());
            } catch (AccessDeniedException e) {
                throw new IOException("the manager may not make control groups in " + parent, e);
            } catch (FileSystemException e) {
                throw new IOException("no control group can be made in %s: %s".formatted(parent, e.getReason()), e);
            }
        }
    }

    private static void removeLeftBehind(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : left) {
                if (!isOfALivingManager(directory)) {
                    remove(directory);
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
    static void remove(Path directory) {
        try (DirectoryStream<Path> below = Files.newDirectoryStream(directory, Files::isDirectory)) {
            below.forEach(ManagerDirectory::remove);
            Files.delete(directory);
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("control group {} stays: {}", directory, e.toString());
        }
    }

    private ManagerDirectory() {}
}
