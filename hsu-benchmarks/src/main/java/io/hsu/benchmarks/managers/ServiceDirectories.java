package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory with a directory for each service, in which an executable {@code run} starts it: s6 and runit. */
final class ServiceDirectories {

    /** {@return the directory above all} */
    static Path write(Session session, Children children) throws IOException {
        Path services = Files.createDirectory(session.directory().resolve("services"));
        for (int i = 0; i < children.count(); i++) {
            Path service = Files.createDirectory(services.resolve(children.name(i)));
            Path run = Files.writeString(
                    service.resolve("run"), "#!/bin/sh\nexec " + String.join(" ", children.command(i)) + "\n");
            Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return services;
    }

    private ServiceDirectories() {}
}
