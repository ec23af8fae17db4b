package io.hsu.internal.launch.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which group's controllers count. */
class DelegatedGroupTest {

    @TempDir
    Path directory;

    private Path group(String name) throws IOException {
        Path group = Files.createDirectories(directory.resolve(name));
        Files.writeString(group.resolve("cgroup.type"), "domain\n");
        return group;
    }

    @Test
    void ofTheRoot_itsOwn() throws IOException {
        Path root = Files.createDirectories(directory.resolve("root"));
        assertEquals(root, DelegatedGroup.arranged(root));
    }

    @Test
    void ofAManagerThatHasNotMoved_itsOwn() throws IOException {
        Path own = group("app.service");
        assertEquals(own, DelegatedGroup.arranged(own));
    }

    /** In the leaf there are only the controllers that somebody has asked for already. */
    @Test
    void ofAManagerThatHasMovedToItsLeaf_thoseOfTheGroupAbove() throws IOException {
        Path own = group("app.service");
        assertEquals(own, DelegatedGroup.arranged(group("app.service/" + DelegatedGroup.LEAF)));
    }
}
