package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.Errno;
import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where groups of version 2 may have controllers. Only a group without processes of its own passes controllers on (but for the
 * root), and a manager's own group has at least the manager in it. So it takes a group that was given to the manager to
 * arrange: its own, as systemd's {@code Delegate=yes} and containers do, in which the manager then moves to a leaf; or the one
 * above, as {@code DelegateSubgroup=} does. What is not given is left alone, root or not: it is for systemd to arrange.
 */
final class DelegatedGroup {

    /** The leaf that a manager moves to; other managers of the same process are in it too. */
    static final String LEAF = "hsu-manager";

    private static final Logger log = LoggerFactory.getLogger(DelegatedGroup.class);

    /**
     * {@return the group below which groups with controllers can be made}
     *
     * @param own this process's group
     * @throws IOException if there is none, with the reason
     */
    static Path find(Path own) throws IOException {
        if (isRoot(own)) {
            return own;
        }
        Path parent = own.getParent();
        if (own.endsWith(LEAF) || isDelegated(parent)) {
            return parent;
        }
        if (!isDelegated(own) && !isRootOfNamespace()) {
            throw new IOException(
                    "the manager's control group %s is not its own to arrange; as a systemd service, it takes "
                                    .formatted(own)
                            + "Delegate=yes");
        }
        moveToLeaf(own);
        return own;
    }

    /** Every other group has a type. */
    private static boolean isRoot(Path group) {
        return !Files.exists(group.resolve("cgroup.type"));
    }

    private static boolean isRootOfNamespace() {
        return SmallFile.read("/proc/self/cgroup").endsWith("0::/\n");
    }

    /** By the mark that systemd puts on what it gives away (since version 251). */
    private static boolean isDelegated(Path group) {
        try {
            ByteBuffer value = ByteBuffer.allocate(16);
            Files.getFileAttributeView(group, UserDefinedFileAttributeView.class)
                    .read("delegate", value);
            return StandardCharsets.US_ASCII.decode(value.flip()).toString().equals("1");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static void moveToLeaf(Path own) throws IOException {
        long pid = ProcessHandle.current().pid();
        List<String> inside = Files.readAllLines(own.resolve("cgroup.procs"));
        if (!inside.equals(List.of(Long.toString(pid)))) {
            throw new IOException(
                    "the manager's control group %s holds %d processes, and may pass on controllers only without any"
                            .formatted(own, inside.size()));
        }
        Path leaf = Files.createDirectories(own.resolve(LEAF));
        int error = SmallFile.put(leaf + "/cgroup.procs", Long.toString(pid));
        if (error != 0) {
            throw Errno.failed("the manager cannot move to the control group " + leaf, error);
        }
        log.info("this process has moved to the control group {}, so that others beside it can hold limits", leaf);
    }

    /**
     * Has a group pass on a controller to those below it.
     *
     * @throws IOException if it does not
     */
    static void passOn(Path group, String controller) throws IOException {
        int error = SmallFile.put(group.resolve("cgroup.subtree_control").toString(), "+" + controller);
        if (error != 0) {
            throw Errno.failed(
                    "control group %s does not pass on the controller %s".formatted(group, controller), error);
        }
    }

    /** {@return whether a group has a controller} */
    static boolean has(Path group, String controller) {
        String controllers = SmallFile.read(group.resolve("cgroup.controllers").toString());
        return List.of(controllers.strip().split(" ", -1)).contains(controller);
    }

    private DelegatedGroup() {}
}
