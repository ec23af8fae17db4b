package io.hsu.internal.launch.linux;

/** The controllers of control groups that limits are held by, under the names that the two versions have for them. */
enum Controller {
    MEMORY("memory", "memory"),
    CPU("cpu", "cpu"),
    PIDS("pids", "pids"),
    IO("io", "blkio");

    private final String name;
    private final String nameInVersion1;

    Controller(String name, String nameInVersion1) {
        this.name = name;
        this.nameInVersion1 = nameInVersion1;
    }

    String nameIn(int version) {
        return version == 1 ? nameInVersion1 : name;
    }
}
