package io.hsu.examples.integrated;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.hsu.ProcessManager;
import io.hsu.ProcessStatus;
import io.hsu.health.GrpcHealthCheck;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A process that takes part: HSU finds it a free port, hands it over as {@code --port} and {@code HSU_PORT}, checks it there over
 * gRPC, and asks it over gRPC to end before it would send a signal.
 */
public final class IntegratedExample {

    public static void main(String[] args) {
        try (ProcessManager manager = manager()) {
            manager.start("greeter"); // returns when it says that it is well
            ProcessStatus status = manager.status("greeter");
            System.out.printf(
                    "%s is %s at port %d: %s%n",
                    status.id(),
                    status.state(),
                    status.port().orElseThrow(),
                    status.checks().get(0).reason());
            manager.stop("greeter");
            System.out.println(
                    manager.status("greeter").lastExit().orElseThrow().status());
        }
    }

    /** {@return a manager of one greeter} */
    public static ProcessManager manager() {
        return ProcessManager.builder()
                .integratedProcess(
                        "greeter",
                        p -> p.command(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        classPath(),
                                        GreeterService.class.getName())
                                // It is checked over gRPC unasked; that the start waits for it has to be said.
                                .readinessCheck(GrpcHealthCheck.atAllocatedPort(), c -> c.every(ofMillis(250)))
                                .startTimeout(ofSeconds(30)))
                .build();
    }

    /** The class path of this application, also where Maven runs it, which has a class loader of its own for that. */
    private static String classPath() {
        return IntegratedExample.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private IntegratedExample() {}
}
