package io.hsu.internal.launch.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where this process's own control group is found in the file system (proc(5): cgroup and mountinfo). */
final class CgroupMount {

    /** {@return the directory of this process's group of version 2} */
    static Optional<Path> own() {
        try {
            return own(
                    Files.readAllLines(Path.of("/proc/self/cgroup")),
                    Files.readAllLines(Path.of("/proc/self/mountinfo")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return the directory}
     *
     * @param groups the lines of {@code /proc/self/cgroup}; version 2 has the number 0
     * @param mounts the lines of {@code /proc/self/mountinfo}
     */
    static Optional<Path> own(List<String> groups, List<String> mounts) {
        Optional<String> group = groups.stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring("0::".length()))
                .findFirst();
        return group.flatMap(path -> mounts.stream()
                .map(mount -> in(path, mount))
                .flatMap(Optional::stream)
                .findFirst());
    }

    /** A mount may show a part of the hierarchy only; outside of it, the group is not to be seen. */
    private static Optional<Path> in(String group, String mount) {
        String[] parts = mount.split(" - ", 2);
        String[] fields = parts[0].split(" ", -1);
        if (parts.length < 2 || fields.length < 5 || !parts[1].startsWith("cgroup2 ")) {
            return Optional.empty();
        }
        Path root = Path.of(unescaped(fields[3]));
        Path own = Path.of(group);
        boolean isOutside = group.contains("/.."); // of this process's cgroup namespace, which shows it so
        return !isOutside && own.startsWith(root)
                ? Optional.of(Path.of(unescaped(fields[4])).resolve(root.relativize(own)))
                : Optional.empty();
    }

    private static String unescaped(String field) {
        return field.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }

    private CgroupMount() {}
}
