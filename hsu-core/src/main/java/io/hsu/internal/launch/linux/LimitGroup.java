package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.Errno;
import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The control groups that hold the limits of one launch. */
final class LimitGroup {

    private static final String OOM_KILLS = "oom_kill ";

    private final Map<Controller, Path> directories = new EnumMap<>(Controller.class);
    private final Set<Path> ofVersion1 = new LinkedHashSet<>();
    /** Null if all controllers are in hierarchies of version 1. */
    private Cgroup unified;

    private Path unifiedDirectory;

    private final Runnable removed;

    /** @param removed told when those of version 1 were removed */
    LimitGroup(Runnable removed) {
        this.removed = removed;
    }

    // Filled by the one that makes it, before others see it.

    void addUnified(Controller controller, Cgroups groups) throws IOException {
        if (unified == null) {
            unified = groups.create();
            if (unified == null) {
                throw new IOException("no control group could be made in " + groups);
            }
            unifiedDirectory = unified.directory();
        }
        directories.put(controller, unifiedDirectory);
    }

    void addVersion1(Controller controller, Path directory) throws IOException {
        if (ofVersion1.add(directory)) {
            Files.createDirectory(directory);
        }
        directories.put(controller, directory);
    }

    /** {@return the one of version 2, which is the tree's group too; null if there is none} */
    Cgroup unified() {
        return unified;
    }

    int version(Controller controller) {
        return ofVersion1.contains(directories.get(controller)) ? 1 : 2;
    }

    boolean has(Controller controller) {
        return directories.containsKey(controller);
    }

    /**
     * Writes one of its files.
     *
     * @throws IOException if the kernel refuses
     */
    void put(GroupSetting setting) throws IOException {
        Path file = directories.get(setting.controller()).resolve(setting.file());
        int error = Errno.ENOENT;
        boolean written = false;
        for (String value : setting.values()) { // one disk may have no such limits, and another one has
            int answer = SmallFile.put(file.toString(), value);
            written |= answer == 0;
            error = answer == 0 ? error : answer;
        }
        if (!written && !setting.optional()) {
            throw Errno.failed("%s = %s".formatted(file, String.join(", ", setting.values())), error);
        }
    }

    /**
     * Moves a process here; what it starts from now on is here too.
     *
     * @param born whether it was born in the group of version 2
     * @throws IOException if the kernel refuses
     */
    void attach(int pid, boolean born) throws IOException {
        for (Path directory : ofVersion1) {
            int error = SmallFile.put(directory + "/cgroup.procs", Integer.toString(pid));
            if (error != 0) {
                throw Errno.failed("a process cannot be moved to the control group " + directory, error);
            }
        }
        if (unified != null && !born && !unified.attach(pid)) {
            throw new IOException("a process cannot be moved to the control group " + unifiedDirectory);
        }
    }

    /** {@return how many of its processes the kernel has killed for want of memory; empty if it does not tell} */
    OptionalLong memoryKills() {
        if (!has(Controller.MEMORY)) {
            return OptionalLong.empty();
        }
        String file = version(Controller.MEMORY) == 1 ? "memory.oom_control" : "memory.events";
        String text =
                SmallFile.read(directories.get(Controller.MEMORY).resolve(file).toString());
        return List.of(text.split("\n", -1)).stream()
                .filter(line -> line.startsWith(OOM_KILLS))
                .mapToLong(line -> Long.parseLong(line.substring(OOM_KILLS.length())))
                .findFirst();
    }

    /** Removes those of version 1, if they are empty; the one of version 2 is the tree's to give back. */
    void remove() {
        if (!ofVersion1.isEmpty()) {
            ofVersion1.forEach(ManagerDirectory::remove);
            removed.run();
        }
    }

    /** Removes all of it: nothing was launched. */
    void discard() {
        remove();
        if (unified != null) {
            unified.giveBack();
        }
    }
}
