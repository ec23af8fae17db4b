package io.hsu.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of a few pages that a test fills up. Only root may have one; elsewhere the test is left out. */
public final class FullDisk implements AutoCloseable {

    private final Path root;
    private final Path ballast;

    private FullDisk(Path root) {
        this.root = root;
        this.ballast = root.resolve("ballast");
    }

    /** {@return a new one, mounted in a directory} */
    public static FullDisk mount(Path directory, int kibibytes) throws IOException {
        Path root = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "none", root.toString()),
                "a file system can be mounted here");
        return new FullDisk(root);
    }

    public Path root() {
        return root;
    }

    /** Takes all the room there is, but for some bytes. */
    public void fill(int kibibytesLeft) throws IOException {
        long room = Files.getFileStore(root).getUsableSpace();
        Files.write(ballast, new byte[(int) room - kibibytesLeft * 1024]);
    }

    /** Gives the room back. */
    public void free() throws IOException {
        Files.delete(ballast);
    }

    @Override
    public void close() {
        run("umount", root.toString());
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
