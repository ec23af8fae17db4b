package io.hsu.internal.launch.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DisksTest {

    @TempDir
    Path directory;

    @Test
    void numbers_areThoseOfDisksWithRoom() throws IOException {
        disk("sda", "8:0", "1000", "[mq-deadline] kyber bfq none");
        disk("nvme0n1", "259:1", "5", "none mq-deadline [bfq]");
        disk("sr0", "11:0", "0", "none");
        disk("loop0", "7:0", "400", "none");
        disk("zram0", "253:0", "400", "none");
        Disks disks = new Disks(directory);
        assertEquals(Set.of("8:0", "259:1"), Set.copyOf(disks.numbers()));
        assertTrue(disks.haveScheduler("bfq"));
        assertTrue(disks.haveScheduler("mq-deadline"));
        assertFalse(disks.haveScheduler("kyber"));
    }

    private void disk(String name, String number, String size, String schedulers) throws IOException {
        Path disk = Files.createDirectories(directory.resolve(name).resolve("queue"));
        Files.writeString(disk.resolve("scheduler"), schedulers + "\n");
        Files.writeString(directory.resolve(name).resolve("dev"), number + "\n");
        Files.writeString(directory.resolve(name).resolve("size"), size + "\n");
    }

    @Test
    void withoutAny_areNone() {
        assertEquals(List.of(), new Disks(directory.resolve("none")).numbers());
        assertFalse(new Disks(directory.resolve("none")).haveScheduler("bfq"));
    }
}
