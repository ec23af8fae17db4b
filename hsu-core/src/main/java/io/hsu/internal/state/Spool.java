package io.hsu.internal.state;

import io.hsu.StreamKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that one stream of a launch is written to, and beside it another that says how far it has been read. A spool of a
 * manager that is gone is read on from there by the next one. Safe for use by many threads.
 *
 * <p>How far it has been read stands in two places in turn, each with a checksum: if the host dies while it writes the one, the
 * other tells where it was before. At worst, some lines are read twice.
 */
public final class Spool {

    private static final Logger log = LoggerFactory.getLogger(Spool.class);

    private static final Pattern NAME = Pattern.compile("(\\d+)-(\\d+)-(stdout|stderr)\\.spool");
    private static final String MARK_ENDING = ".mark";

    private static final int SLOT_SIZE = 32;
    private static final int CHECKED = 16;
    private static final int OWNER_AT = 64;
    private static final int MARK_SIZE = 512;

    /** Used again for each write, and by all spools: a thousand idle ones need no memory for it. */
    private static final ThreadLocal<ByteBuffer> SLOT =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(SLOT_SIZE));

    private final Path data;
    private final long madeAt;
    private final long launch;
    private final StreamKind stream;

    /** Open while it is written to; of an idle process it is not. */
    private FileChannel markFile;

    private boolean over;
    private boolean damaged;
    private long serial;
    private long offset;
    private boolean failed;

    private Spool(Path data, long madeAt, long launch, StreamKind stream) {
        this.data = data;
        this.madeAt = madeAt;
        this.launch = launch;
        this.stream = stream;
    }

    /**
     * Makes a new one.
     *
     * @param directory made if need be
     */
    public static Spool create(Path directory, long launch, StreamKind stream, Instant now) throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(directory, posix ? permissions("rwx------") : new FileAttribute<?>[0]);
        if (Files.isSymbolicLink(directory)) {
            throw new IOException(directory + " is a symbolic link; remove it");
        }
        for (long millis = now.toEpochMilli(); ; millis++) {
            Path data = directory.resolve("%d-%d-%s.spool".formatted(millis, launch, stream));
            try {
                createPrivate(data);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            Spool spool = new Spool(data, millis, launch, stream);
            try {
                spool.open(true);
            } catch (IOException e) {
                spool.delete();
                throw e;
            }
            return spool;
        }
    }

    private static FileAttribute<?>[] permissions(String text) {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))};
    }

    /** {@return what earlier managers have left, oldest first} What cannot be opened is reported, and left where it is. */
    public static List<Spool> find(Path directory) {
        List<Spool> found = new ArrayList<>();
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                files.forEach(file -> found(file).ifPresent(found::add));
            } catch (IOException | DirectoryIteratorException e) {
                log.warn("spools of an earlier manager in {} cannot be read: {}", directory, e.toString());
            }
        }
        found.sort(Comparator.comparingLong((Spool spool) -> spool.madeAt));
        return found;
    }

    private static Optional<Spool> found(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            Spool spool = new Spool(
                    file,
                    Long.parseLong(name.group(1)),
                    Long.parseLong(name.group(2)),
                    name.group(3).equals("stdout") ? StreamKind.STDOUT : StreamKind.STDERR);
            spool.open(false);
            return Optional.of(spool);
        } catch (IOException | NumberFormatException e) {
            log.warn("the spool {} of an earlier manager cannot be read, and stays there: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private Path mark() {
        return data.resolveSibling(data.getFileName() + MARK_ENDING);
    }

    private void open(boolean fresh) throws IOException {
        Path mark = mark();
        if (fresh) {
            createPrivate(mark);
        }
        markFile = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (fresh) {
                markFile.write(ByteBuffer.allocate(MARK_SIZE), 0); // so that it can be written on a full disk
                commit(0);
            } else {
                readMark();
            }
        } finally {
            closeMark();
        }
    }

    private static void createPrivate(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createFile(file, posix ? permissions("rw-------") : new FileAttribute<?>[0]);
    }

    private FileChannel markFile() throws IOException {
        if (markFile == null) {
            markFile = FileChannel.open(mark(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        return markFile;
    }

    private void closeMark() throws IOException {
        FileChannel closing = markFile;
        markFile = null;
        if (closing != null) {
            closing.close();
        }
    }

    private void readMark() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * SLOT_SIZE);
        markFile.read(bytes, 0);
        boolean valid = false;
        for (int at = 0; at < bytes.position(); at += SLOT_SIZE) {
            long slotSerial = bytes.getLong(at);
            if (at + SLOT_SIZE <= bytes.position()
                    && slotSerial > serial
                    && bytes.getLong(at + CHECKED) == checksum(bytes, at)) {
                serial = slotSerial;
                offset = bytes.getLong(at + Long.BYTES);
                valid = true;
            }
        }
        if (!valid) {
            damaged = true;
            log.warn("{} is damaged; its spool is read from the beginning, and lines may come twice", mark());
        }
    }

    private static long checksum(ByteBuffer bytes, int at) {
        CRC32 crc = new CRC32();
        for (int index = at; index < at + CHECKED; index++) {
            crc.update(bytes.get(index));
        }
        return crc.getValue();
    }

    /** {@return the file that is written to} */
    public Path data() {
        return data;
    }

    /** {@return the launch that writes to it} */
    public long launch() {
        return launch;
    }

    /** {@return the stream that is written to it} */
    public StreamKind stream() {
        return stream;
    }

    /** {@return how far it has been read} */
    public synchronized long offset() {
        return offset;
    }

    /** {@return whether nobody knows how far it has been read} */
    public synchronized boolean isDamaged() {
        return damaged;
    }

    /** It has been read so far, and whoever was to have it has it. Costs microseconds; survives the host, not the system. */
    public synchronized void commit(long read) {
        if (over) {
            return;
        }
        serial++;
        offset = read;
        ByteBuffer slot = SLOT.get();
        slot.clear();
        slot.putLong(serial).putLong(read);
        slot.putLong(checksum(slot, 0));
        slot.limit(SLOT_SIZE).position(0);
        try {
            markFile().write(slot, (serial % 2) * SLOT_SIZE);
        } catch (IOException e) {
            if (!failed) {
                failed = true;
                log.warn(
                        "{} cannot be written; after a crash of the host, lines may come twice: {}",
                        mark(),
                        e.toString());
            }
        }
    }

    /** Notes who writes to it, for whoever finds it. */
    public synchronized void owner(SpoolOwner owner) {
        byte[] text = (owner.toText() + "\n").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel file = FileChannel.open(mark(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(text), OWNER_AT);
        } catch (IOException e) {
            log.warn("{} cannot be written: {}", mark(), e.toString());
        }
    }

    /** {@return who writes to it, if that was noted} */
    public synchronized Optional<SpoolOwner> owner() {
        ByteBuffer bytes = ByteBuffer.allocate(MARK_SIZE - OWNER_AT);
        try (FileChannel file = FileChannel.open(mark(), StandardOpenOption.READ)) {
            file.read(bytes, OWNER_AT);
        } catch (IOException e) {
            return Optional.empty();
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        return SpoolOwner.parse(text.lines().findFirst().orElse(""));
    }

    /** Leaves it for the next manager. */
    public synchronized void close() {
        over = true;
        try {
            closeMark();
        } catch (IOException e) {
            log.debug("{}: {}", mark(), e.toString());
        }
    }

    /** Everything in it has been read, and nobody writes to it any more. */
    public synchronized void delete() {
        over = true;
        try {
            closeMark();
            Files.deleteIfExists(
                    data); // first: a mark without a spool is nothing, a spool without a mark is read again
            Files.deleteIfExists(mark());
        } catch (IOException e) {
            log.warn("a spool that has been read cannot be deleted: {}", e.toString());
        }
    }

    @Override
    public String toString() {
        return "spool " + data;
    }
}
