package io.hsu.benchmarks.spawn;

import io.hsu.LauncherType;
import io.hsu.benchmarks.support.Programs;

/** The ways to run a process from Java that are compared. */
public enum Spawner {
    /** HSU with the best launcher for the system. */
    HSU_DISCARDED("HSU, output discarded"),
    /** The same, the output read and its last lines kept, as is the default. */
    HSU_CAPTURED("HSU, output captured"),
    /** The same without control groups, which cost a move of each child where the C library is older than glibc 2.39. */
    HSU_WITHOUT_GROUPS("HSU without control groups, output discarded"),
    /** HSU with the launcher that every system has. */
    HSU_PORTABLE_DISCARDED("HSU portable, output discarded"),
    /** The same, the output read. */
    HSU_PORTABLE_CAPTURED("HSU portable, output captured"),
    /** The JDK. */
    PROCESS_BUILDER_DISCARDED("ProcessBuilder, output discarded"),
    /** The JDK, the output read. */
    PROCESS_BUILDER_DRAINED("ProcessBuilder, output drained"),
    /** NuProcess, which always reads the output. */
    NU_PROCESS("NuProcess"),
    /** zt-exec with its defaults: the output is read. */
    ZT_EXEC("zt-exec"),
    /** commons-exec with its defaults: the output is read. */
    COMMONS_EXEC("commons-exec");

    private final String title;

    Spawner(String title) {
        this.title = title;
    }

    /** {@return the program that is run: it does nothing} */
    static String program() {
        return Programs.require("true").toString();
    }

    String title() {
        return title;
    }

    SpawnContender open() {
        String program = program();
        return switch (this) {
            case HSU_DISCARDED -> new HsuSpawner(program, LauncherType.AUTO, false);
            case HSU_CAPTURED -> new HsuSpawner(program, LauncherType.AUTO, true);
            case HSU_WITHOUT_GROUPS -> HsuSpawner.withoutControlGroups(program);
            case HSU_PORTABLE_DISCARDED -> new HsuSpawner(program, LauncherType.PORTABLE, false);
            case HSU_PORTABLE_CAPTURED -> new HsuSpawner(program, LauncherType.PORTABLE, true);
            case PROCESS_BUILDER_DISCARDED -> SpawnContender.thatWaits(() -> Peers.processBuilderDiscarded(program));
            case PROCESS_BUILDER_DRAINED -> SpawnContender.thatWaits(() -> Peers.processBuilderDrained(program));
            case NU_PROCESS -> SpawnContender.thatWaits(() -> Peers.nuProcess(program));
            case ZT_EXEC -> SpawnContender.thatWaits(() -> Peers.ztExec(program));
            case COMMONS_EXEC -> SpawnContender.thatWaits(() -> Peers.commonsExec(program));
        };
    }
}
