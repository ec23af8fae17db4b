package io.hsu.internal.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where clients of a process find its port: a number and a newline, as the other HSU process managers write it; there while the
 * process is wanted. Safe for use by many threads.
 */
public final class PortFile {

    /** For managers without a state directory. */
    public static final PortFile NONE = new PortFile(null);

    private final Path file;
    private long writtenFor;

    PortFile(Path file) {
        this.file = file;
    }

    /**
     * Writes it; blocks for as long as the file system takes. Whoever reads it meanwhile finds the old port or the new one.
     *
     * @param launch which launch it is for
     * @param port the port
     * @throws IOException if it cannot be written
     */
    public synchronized void write(long launch, int port) throws IOException {
        writtenFor = launch;
        if (file == null) {
            return;
        }
        Path written =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp"); // its owner's alone
        try {
            Files.write(written, (port + "\n").getBytes(StandardCharsets.US_ASCII));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /**
     * Deletes it, if it is there, unless a later launch has written it meanwhile.
     *
     * @param launch the latest launch that is over
     * @throws IOException if it is there still
     */
    public synchronized void delete(long launch) throws IOException {
        if (file != null && writtenFor <= launch) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public String toString() {
        return String.valueOf(file);
    }
}
