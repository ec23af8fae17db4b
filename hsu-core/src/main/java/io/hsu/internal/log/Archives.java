package io.hsu.internal.log;

import io.hsu.Rotation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Deque;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that were set aside from one log file: named by the time, compressed in the background, the oldest deleted. Used by
 * one thread at a time; the compressing is another's.
 */
final class Archives {

    private static final Logger log = LoggerFactory.getLogger(Archives.class);

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'");
    private static final String COMPRESSED = ".gz";
    private static final String UNFINISHED = ".gz.tmp";

    private final Path path;
    private final Rotation rotation;
    private final Executor background;
    /** Without the ending that compressed ones have; oldest first. */
    private final Deque<Instant> kept = new ConcurrentLinkedDeque<>();

    private final Queue<Path> toCompress = new ConcurrentLinkedQueue<>();
    private final ReentrantLock compressing = new ReentrantLock();
    private boolean opened;

    Archives(Path path, Rotation rotation, Executor background) {
        this.path = path;
        this.rotation = rotation;
        this.background = background;
    }

    /** Finds what earlier managers have set aside. */
    void open(Instant now) throws IOException {
        if (opened) {
            return;
        }
        String begin = path.getFileName() + ".";
        TreeSet<Instant> stamps = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path.getParent())) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith(begin)) {
                    found(file, name.substring(begin.length()), stamps);
                }
            }
        }
        opened = true;
        kept.addAll(stamps);
        deleteOld(now);
        compressSoon();
    }

    /** A host may have died while it compressed. */
    private void found(Path file, String ending, Set<Instant> stamps) {
        if (ending.endsWith(UNFINISHED)) {
            if (stamp(ending.substring(0, ending.length() - UNFINISHED.length())) != null) {
                delete(file);
            }
            return;
        }
        Instant stamp = stamp(ending);
        if (stamp != null) {
            stamps.add(stamp);
            if (rotation.isCompressed() && !ending.endsWith(COMPRESSED)) {
                toCompress.add(file);
            }
        }
    }

    /** {@return the time that a name tells; null if it is somebody else's} */
    private static Instant stamp(String ending) {
        String bare = ending.endsWith(COMPRESSED) ? ending.substring(0, ending.length() - COMPRESSED.length()) : ending;
        try {
            return LocalDateTime.parse(bare, STAMP).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private Path named(Instant stamp) {
        return path.resolveSibling(path.getFileName() + "." + STAMP.format(stamp.atOffset(ZoneOffset.UTC)));
    }

    /** Renames the file; its name is later than those of all others, whatever the clock says. */
    void setAside(Instant now) throws IOException {
        Instant stamp = now.truncatedTo(ChronoUnit.MILLIS);
        Instant latest = kept.peekLast();
        if (latest != null && !stamp.isAfter(latest)) {
            stamp = latest.plusMillis(1);
        }
        Path archive = named(stamp);
        Files.move(path, archive);
        kept.addLast(stamp);
        if (rotation.isCompressed()) {
            toCompress.add(archive);
        }
        deleteOld(now);
        compressSoon();
    }

    private void deleteOld(Instant now) {
        while (kept.size() > rotation.maxFiles() || isTooOld(kept.peekFirst(), now)) {
            Path archive = named(kept.removeFirst());
            toCompress.remove(archive);
            delete(archive);
            delete(compressed(archive));
        }
    }

    /** What cannot be deleted is no reason to lose what is to be written. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("log file {} is no longer needed and could not be deleted: {}", file, e.toString());
        }
    }

    /** Its last line was written just before it got its name. */
    private boolean isTooOld(Instant stamp, Instant now) {
        return stamp != null
                && rotation.maxAge()
                        .filter(age -> stamp.plus(age).isBefore(now))
                        .isPresent();
    }

    private static Path compressed(Path archive) {
        return archive.resolveSibling(archive.getFileName() + COMPRESSED);
    }

    private void compressSoon() {
        if (!toCompress.isEmpty()) {
            try {
                background.execute(this::compressWaiting);
            } catch (RejectedExecutionException e) {
                log.debug("{} is compressed by the next manager", toCompress);
            }
        }
    }

    /** One at a time: who has begun takes what comes, to the last moment. */
    private void compressWaiting() {
        while (!toCompress.isEmpty() && compressing.tryLock()) {
            try {
                compressAll();
            } finally {
                compressing.unlock();
            }
        }
    }

    /** Nothing is left to be done behind the back of whoever deletes the directory. */
    void finish() {
        compressing.lock();
        try {
            compressAll();
        } finally {
            compressing.unlock();
        }
    }

    private void compressAll() {
        for (Path archive = toCompress.poll(); archive != null; archive = toCompress.poll()) {
            try {
                compress(archive);
            } catch (IOException e) {
                log.warn("log file {} could not be compressed and stays as it is: {}", archive, e.toString());
            }
        }
    }

    private void compress(Path archive) throws IOException {
        Path unfinished = archive.resolveSibling(archive.getFileName() + UNFINISHED);
        try {
            try (InputStream in = Files.newInputStream(archive);
                    OutputStream out = new GZIPOutputStream(Files.newOutputStream(unfinished), 64 * 1024)) {
                in.transferTo(out);
            }
            Files.move(unfinished, compressed(archive), StandardCopyOption.REPLACE_EXISTING);
            if (!Files.deleteIfExists(archive)) { // it was too old meanwhile
                Files.deleteIfExists(compressed(archive));
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
