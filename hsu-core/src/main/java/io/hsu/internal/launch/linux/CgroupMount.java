package io.hsu.internal.launch.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Where this process's own control group is found in the file system (proc(5): cgroup and mountinfo). */
final class CgroupMount {

    /** {@return the directory of this process's group of version 2} */
    static Optional<Path> own() {
        return read(CgroupMount::own);
    }

    /** {@return the directory of this process's group of version 1, with a controller} */
    static Optional<Path> own(String controller) {
        return read((groups, mounts) -> own(controller, groups, mounts));
    }

    private static Optional<Path> read(BiFunction<List<String>, List<String>, Optional<Path>> find) {
        try {
            return find.apply(
                    Files.readAllLines(Path.of("/proc/self/cgroup")),
                    Files.readAllLines(Path.of("/proc/self/mountinfo")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return the directory of version 2}
     *
     * @param groups the lines of {@code /proc/self/cgroup}; version 2 has the number 0
     * @param mounts the lines of {@code /proc/self/mountinfo}
     */
    static Optional<Path> own(List<String> groups, List<String> mounts) {
        return groups.stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring("0::".length()))
                .findFirst()
                .flatMap(group -> in(group, mounts, fileSystem -> fileSystem.startsWith("cgroup2 ")));
    }

    /** {@return the directory of version 1, with a controller} */
    static Optional<Path> own(String controller, List<String> groups, List<String> mounts) {
        return groups.stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3 && names(fields[1], controller))
                .map(fields -> fields[2])
                .findFirst()
                .flatMap(group -> in(
                        group,
                        mounts,
                        fileSystem -> fileSystem.startsWith("cgroup ")
                                && names(fileSystem.substring(fileSystem.lastIndexOf(' ') + 1), controller)));
    }

    private static boolean names(String list, String controller) {
        return List.of(list.split(",", -1)).contains(controller);
    }

    private static Optional<Path> in(String group, List<String> mounts, Predicate<String> fileSystem) {
        return mounts.stream()
                .map(mount -> in(group, mount, fileSystem))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A mount may show a part of the hierarchy only; outside of it, the group is not to be seen. */
    private static Optional<Path> in(String group, String mount, Predicate<String> fileSystem) {
        String[] parts = mount.split(" - ", 2);
        String[] fields = parts[0].split(" ", -1);
        if (parts.length < 2 || fields.length < 5 || !fileSystem.test(parts[1])) {
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
