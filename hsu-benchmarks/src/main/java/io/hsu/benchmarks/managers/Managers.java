package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All managers that are compared, in the order of the table. */
final class Managers {

    /** {@return all of them} */
    static List<Manager> all(Path serverJar, List<String> jvmFlags) {
        return List.of(
                new HsuServer("hsu", "HSU, java -jar", HsuServer.java(serverJar, List.of()), serverJar, false),
                new HsuServer(
                        "hsu-flags", "HSU, archive and flags", HsuServer.java(serverJar, jvmFlags), serverJar, false),
                HsuServer.script(serverJar),
                HsuServer.watching(serverJar),
                new S6(),
                new Runit(),
                new Supervisord(),
                new JavaHost("pb-drained", "ProcessBuilder, output drained", ProcessBuilderHost.class, "drained"),
                new JavaHost("pb-discarded", "ProcessBuilder, output discarded", ProcessBuilderHost.class, "discarded"),
                new JavaHost("nuprocess", "NuProcess", NuProcessHost.class));
    }

    /**
     * {@return those with some keys}
     *
     * @param keys empty for all
     * @throws CannotMeasureException if nobody has one of the keys
     */
    static List<Manager> only(List<String> keys, List<Manager> all) {
        List<String> unknown = new ArrayList<>(keys);
        all.forEach(manager -> unknown.remove(manager.key()));
        if (!unknown.isEmpty()) {
            throw new CannotMeasureException("--only: nobody is called %s; there are %s"
                    .formatted(unknown, all.stream().map(Manager::key).toList()));
        }
        return all.stream()
                .filter(manager -> keys.isEmpty() || keys.contains(manager.key()))
                .toList();
    }

    /** {@return where the build puts the stand-alone manager} */
    static Path builtServerJar() {
        return Installation.directory()
                .resolve("../../hsu-server/target/hsu-server.jar")
                .normalize();
    }

    private Managers() {}
}
