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
import java.util.Optional;
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

    /** What forks faster than it can be moved, or cannot be moved, is not moved for ever. */
    private static final int MAX_ROUNDS = 16;

    /**
     * {@return the group that is, or may be, the manager's to arrange: what controllers it has, groups below it can have} The
     * manager's own group has only those of them that were passed on to it, of which a leaf has no need.
     *
     * @param own this process's group
     */
    static Path arranged(Path own) {
        boolean isLeaf = !isRoot(own) && (own.endsWith(LEAF) || isDelegated(own.getParent()));
        return isLeaf ? own.getParent() : own;
    }

    /**
     * {@return the group below which groups with controllers can be made}
     *
     * @param own this process's group
     * @throws IOException if there is none, with the reason
     */
    static Path find(Path own) throws IOException {
        Path arranged = arranged(own);
        if (isRoot(own) || !arranged.equals(own)) {
            return arranged;
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

    /** With what the manager has started and has not moved elsewhere yet: commands beside its processes, and the newest of those. */
    private static void moveToLeaf(Path own) throws IOException {
        Path leaf = null;
        int round = 0;
        for (List<String> inside = inside(own);
                !inside.isEmpty() && round < MAX_ROUNDS;
                inside = inside(own), round++) {
            long others = inside.stream().filter(pid -> !isOfThisManager(pid)).count();
            if (others > 0) {
                throw new IOException(
                        "the manager's control group %s holds %d processes that are not the manager's, and may pass on controllers only without any"
                                .formatted(own, others));
            }
            leaf = Files.createDirectories(own.resolve(LEAF));
            for (String pid : inside) {
                int error = SmallFile.put(leaf + "/cgroup.procs", pid);
                if (error != 0 && error != Errno.ESRCH) {
                    throw Errno.failed("the manager cannot move to the control group " + leaf, error);
                }
            }
        }
        if (leaf != null) {
            log.info("this process has moved to the control group {}, so that others beside it can hold limits", leaf);
        }
    }

    private static List<String> inside(Path group) throws IOException {
        return Files.readAllLines(group.resolve("cgroup.procs"));
    }

    /** What has ended meanwhile is nobody's, and in nobody's way. */
    private static boolean isOfThisManager(String pid) {
        ProcessHandle manager = ProcessHandle.current();
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
        if (process.isEmpty() && !pid.equals("0")) { // of another namespace
            return true;
        }
        while (process.isPresent() && !process.get().equals(manager)) {
            process = process.get().parent();
        }
        return process.isPresent();
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
