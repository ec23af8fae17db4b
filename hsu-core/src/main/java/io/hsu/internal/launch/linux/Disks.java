package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disks of this system, as far as they have room: whole ones, for limits and weights are not kept for parts of them. */
final class Disks {

    private static final Path DISKS = Path.of("/sys/block");

    private static final Logger log = LoggerFactory.getLogger(Disks.class);

    private final Path directory;

    Disks() {
        this(DISKS);
    }

    Disks(Path directory) {
        this.directory = directory;
    }

    /** {@return their numbers, as {@code major:minor}} What is in memory only, or stands for a file, is none. */
    List<String> numbers() {
        return look().stream()
                .filter(disk -> !text(disk, "size").equals("0"))
                .map(disk -> text(disk, "dev"))
                .filter(number -> !number.isEmpty())
                .toList();
    }

    /** {@return whether one of them has a scheduler} */
    boolean haveScheduler(String name) {
        return look().stream().anyMatch(disk -> text(disk, "queue/scheduler").contains("[" + name + "]"));
    }

    private List<Path> look() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> disks = Files.newDirectoryStream(directory)) {
            for (Path disk : disks) {
                if (!disk.getFileName().toString().matches("(loop|ram|zram)\\d+")) {
                    found.add(disk);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("disks cannot be looked for: {}", e.toString());
        }
        return found;
    }

    private static String text(Path disk, String file) {
        return SmallFile.read(disk.resolve(file).toString()).strip();
    }
}
