package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.support.Programs;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** supervisord: one process in Python. Its output handling is left as it comes: a log file for each child. */
final class Supervisord implements Manager {

    private static final String PROGRAM = "supervisord";

    /** Pipes and a log file for each child. */
    private static final int DESCRIPTORS_PER_CHILD = 6;

    private static final int OTHER_DESCRIPTORS = 1000;

    @Override
    public String key() {
        return "supervisord";
    }

    @Override
    public String title() {
        return "supervisord";
    }

    @Override
    public Optional<String> missing() {
        return Programs.missing(PROGRAM);
    }

    @Override
    public List<String> configure(Session session, Children children) throws IOException {
        Path directory = session.directory();
        StringBuilder text = new StringBuilder(
                """
                [supervisord]
                nodaemon=true
                logfile=%1$s/supervisord.log
                pidfile=%1$s/supervisord.pid
                childlogdir=%1$s
                minfds=%2$d
                """.formatted(directory, children.count() * DESCRIPTORS_PER_CHILD + OTHER_DESCRIPTORS));
        for (int i = 0; i < children.count(); i++) {
            text.append("""
                    [program:%s]
                    command=%s
                    autorestart=true
                    """.formatted(children.name(i), String.join(" ", children.command(i))));
        }
        Path configuration = Files.writeString(directory.resolve("supervisord.conf"), text);
        return List.of(Programs.require(PROGRAM).toString(), "-c", configuration.toString());
    }
}
