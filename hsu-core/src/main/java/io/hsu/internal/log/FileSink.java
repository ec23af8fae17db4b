package io.hsu.internal.log;

import io.hsu.LogTarget;
import io.hsu.Rotation;
import io.hsu.internal.linux.BirthTime;
import io.hsu.internal.linux.LinuxSupport;
import io.hsu.internal.linux.SpliceFile;
import io.hsu.spi.LogBatch;
import io.hsu.spi.LogSink;
import io.hsu.spi.LogSinkContext;
import io.hsu.spi.LogSinkProvider;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * A file that lines are appended to. It is opened when there is something to write, set aside when it is full or old, and
 * opened anew when somebody else has moved it away. Whatever is set aside ends with a whole line. Used by one thread at a time.
 */
public final class FileSink implements RawSink {

    /** How often it is looked whether the file is still where it was. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** With less room than that, the end of a line has to be found. */
    private static final long ROOM_TO_MOVE = 512 * 1024;

    private static final ByteBuffer NEWLINE = ByteBuffer.wrap(new byte[] {'\n'}).asReadOnlyBuffer();

    private final Path path;
    private final Rotation rotation;
    private final InstantSource clock;
    private final Archives archives;

    private FileChannel channel;
    private Object key;
    private long size;
    private boolean atLineStart;
    /** What is no file, such as {@code /dev/null} or a named pipe, is never set aside. */
    private boolean isRotated;

    /** Bytes were moved that nobody has looked at. */
    private boolean lineStartUnknown;

    private boolean movedAway;
    private Instant begun;
    private Instant lastLook = Instant.MIN;
    /** How much of a batch that failed is in the file already: the same batch comes again. */
    private int taken;

    private SpliceFile splice;
    private boolean cannotSplice;

    FileSink(Path path, Rotation rotation, LogSinkContext context) {
        this.path = path;
        this.rotation = rotation;
        this.clock = context.clock();
        this.archives = new Archives(path, rotation, context.background());
    }

    Path path() {
        return path;
    }

    Rotation rotation() {
        return rotation;
    }

    @Override
    public void write(LogBatch batch) throws IOException {
        ByteBuffer bytes = batch.formatted();
        int start = bytes.position();
        try {
            if (taken == 0) {
                begin(true);
            }
            bytes.position(start + taken);
            append(bytes);
            taken = 0;
        } catch (IOException e) {
            taken = bytes.position() - start;
            throw e;
        }
    }

    @Override
    public void writeRaw(ByteBuffer bytes, boolean beginsStream) throws IOException {
        begin(beginsStream);
        append(bytes);
    }

    /** A line that has no end must not get somebody else's. */
    private void begin(boolean atNewLine) throws IOException {
        open();
        if (atNewLine && !isAtLineStart()) {
            writeAll(NEWLINE.duplicate());
        }
    }

    private void append(ByteBuffer bytes) throws IOException {
        lookWhereItIs();
        while (bytes.hasRemaining()) {
            open();
            if (isAtLineStart() && (movedAway || isDue())) {
                beginNewFile();
                continue;
            }
            int end = movedAway || isDue() ? afterNewline(bytes) : endInThisFile(bytes);
            if (end == bytes.position()) {
                beginNewFile(); // the next line does not fit
                continue;
            }
            int limit = bytes.limit();
            bytes.limit(end);
            try {
                writeAll(bytes);
            } finally {
                bytes.limit(limit);
            }
        }
    }

    private boolean isDue() {
        return size > 0
                && isRotated
                && (size >= rotation.maxSize()
                        || rotation.maxAge()
                                .filter(age -> !clock.instant().isBefore(begun.plus(age)))
                                .isPresent());
    }

    /** {@return up to where bytes go to this file: the last line that fits, or the end of one that is longer than a file} */
    private int endInThisFile(ByteBuffer bytes) throws IOException {
        long room = Math.max(0, rotation.maxSize() - size);
        if (bytes.remaining() <= room || !isRotated) {
            return bytes.limit();
        }
        for (int at = bytes.position() + (int) room - 1; at >= bytes.position(); at--) {
            if (bytes.get(at) == '\n') {
                return at + 1;
            }
        }
        return isAtLineStart() && size > 0 ? bytes.position() : afterNewline(bytes);
    }

    private static int afterNewline(ByteBuffer bytes) {
        for (int at = bytes.position(); at < bytes.limit(); at++) {
            if (bytes.get(at) == '\n') {
                return at + 1;
            }
        }
        return bytes.limit();
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        if (size == 0) {
            begun = clock.instant();
        }
        while (bytes.hasRemaining()) {
            int count = channel.write(bytes);
            size += count;
            if (count > 0) {
                lineStartUnknown = false;
                atLineStart = bytes.get(bytes.position() - 1) == '\n';
            }
        }
    }

    private void beginNewFile() throws IOException {
        closeFile();
        if (!movedAway && Files.exists(path)) {
            archives.setAside(clock.instant());
        }
        movedAway = false;
        open();
    }

    /** Somebody may have moved the file away, or made it shorter, to rotate it from outside. */
    private void lookWhereItIs() throws IOException {
        Instant now = clock.instant();
        // A clock that was set back must not put the look off.
        if (!isOpen() || (now.isBefore(lastLook.plus(LOOK_EVERY)) && !now.isBefore(lastLook))) {
            return;
        }
        lastLook = now;
        try {
            movedAway = !Objects.equals(
                    key, Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            movedAway = true;
        }
        lookHowLargeItIs();
    }

    private void lookHowLargeItIs() throws IOException {
        long sizeNow = channel.size();
        if (sizeNow != size) {
            size = sizeNow;
            atLineStart = size == 0;
            lineStartUnknown = size > 0;
        }
    }

    /** A thread that is interrupted while it writes closes the channel. */
    private boolean isOpen() {
        return channel != null && channel.isOpen();
    }

    private void open() throws IOException {
        if (isOpen()) {
            return;
        }
        closeFile();
        Files.createDirectories(path.getParent());
        channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        size = channel.size();
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        key = attributes.fileKey();
        isRotated = attributes.isRegularFile();
        begun = size == 0 ? clock.instant() : madeAt(attributes);
        atLineStart = size == 0;
        lineStartUnknown = size > 0;
        movedAway = false;
        lastLook = clock.instant();
        archives.open(clock.instant());
    }

    /** Where nobody knows, its last line tells; then it is younger than it is. */
    private Instant madeAt(BasicFileAttributes attributes) {
        Instant known = attributes.creationTime().toInstant();
        return LinuxSupport.missing().isEmpty() ? BirthTime.of(path.toString()).orElse(known) : known;
    }

    private boolean isAtLineStart() throws IOException {
        if (lineStartUnknown) {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                file.seek(Math.max(0, size - 1));
                atLineStart = file.read() == '\n';
            } catch (IOException e) {
                atLineStart = false; // at worst, there is an empty line
            }
            lineStartUnknown = false;
        }
        return atLineStart;
    }

    // Through the kernel.

    @Override
    public long moveFrom(int pipe, long most, boolean beginsStream) throws IOException {
        begin(beginsStream);
        lookWhereItIs();
        lookHowLargeItIs(); // each time: it goes to a place, not to the end
        long room = rotation.maxSize() - size;
        if (cannotSplice || rotation.equals(Rotation.none()) || movedAway || isDue() || room < ROOM_TO_MOVE) {
            return LOOK;
        }
        if (splice == null) {
            splice = SpliceFile.open(path.toString());
        }
        long moved = splice.move(pipe, size, Math.min(room, most));
        if (moved == SpliceFile.UNABLE) {
            cannotSplice = true;
            return LOOK;
        }
        if (moved > 0) {
            if (size == 0) {
                begun = clock.instant();
            }
            size += moved;
            lineStartUnknown = true;
        }
        return moved;
    }

    @Override
    public List<String> lastLines(int count, long maxBytes) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long length = file.length();
            byte[] tail = new byte[(int) Math.min(length, maxBytes)];
            file.seek(length - tail.length);
            file.readFully(tail);
            List<String> lines =
                    new String(tail, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    private void closeFile() throws IOException {
        if (splice != null) {
            splice.close();
            splice = null;
        }
        if (channel != null) {
            FileChannel closing = channel;
            channel = null;
            closing.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeFile();
        } finally {
            archives.finish();
        }
    }

    @Override
    public String toString() {
        return "file " + path;
    }

    /** Provides {@code file}. */
    public static final class Provider implements LogSinkProvider {
        @Override
        public String type() {
            return LogTarget.FILE;
        }

        @Override
        public LogSink create(LogSinkContext context) {
            Path path = context.file(context.settings().requiredString("path"));
            return new FileSink(path, context.target().rotation().orElse(Rotation.defaults()), context);
        }
    }
}
