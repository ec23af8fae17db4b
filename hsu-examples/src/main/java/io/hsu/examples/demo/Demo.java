package io.hsu.examples.demo;

import io.hsu.HsuException;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.config.HsuConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Something to watch: runs {@code config-example.yaml} for half a minute (or until Ctrl-C), tells what happens, and shows
 * a table every five seconds. Arguments: another file, another number of seconds.
 */
public final class Demo {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final Duration BETWEEN_TABLES = Duration.ofSeconds(5);

    public static void main(String[] args) throws IOException, InterruptedException {
        Path file = Path.of(args.length > 0 ? args[0] : "hsu-examples/config-example.yaml");
        Duration length = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 30);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread onCtrlC = new Thread(() -> {
            interrupted.countDown();
            awaitQuietly(ended);
        });
        Runtime.getRuntime().addShutdownHook(onCtrlC);
        try {
            run(file, length, interrupted);
        } finally {
            ended.countDown();
        }
        if (interrupted.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(onCtrlC);
        }
    }

    private static void run(Path file, Duration length, CountDownLatch interrupted)
            throws IOException, InterruptedException {
        try (ProcessManager manager = HsuConfig.loader().environment(environment()).load(file).toBuilder()
                .listener(Demo::tell)
                .build()) {
            try {
                manager.start();
                say("everything has started");
            } catch (HsuException e) {
                say(e.getMessage()); // the others run: look on
            }
            long tables = length.dividedBy(BETWEEN_TABLES);
            for (long table = 0; table < tables; table++) {
                if (interrupted.await(BETWEEN_TABLES.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
                System.out.print(StatusTable.of(manager.list()));
            }
            say("stopping everything");
        }
        say("nothing is left");
    }

    /** The example needs this JVM's java and a free port, wherever it runs. */
    private static Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent(
                "HSU_DEMO_JAVA",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.putIfAbsent("HSU_DEMO_PORT", Integer.toString(free.getLocalPort()));
        }
        return environment;
    }

    private static void tell(ProcessEvent event) {
        if (event instanceof ProcessEvent.StateChanged moved) {
            tell(event, moved.to() + ": " + moved.reason());
        } else if (event instanceof ProcessEvent.HealthChanged health) {
            tell(event, "%s check %s: %s".formatted(health.check(), health.to(), health.reason()));
        } else if (event instanceof ProcessEvent.ProcessExited exited) {
            tell(event, exited.exit().status() + lastWords(exited));
        }
    }

    private static String lastWords(ProcessEvent.ProcessExited exited) {
        var lines = exited.exit().lastOutput();
        return lines.isEmpty() ? "" : "; its last words: " + lines.get(lines.size() - 1);
    }

    private static void tell(ProcessEvent event, String what) {
        LocalTime at = LocalTime.ofInstant(event.at(), ZoneId.systemDefault());
        System.out.printf("%s  %-8s %s%n", TIME.format(at), event.processId(), what);
    }

    private static void say(String what) {
        System.out.printf("%s  ---      %s%n", TIME.format(LocalTime.now(ZoneId.systemDefault())), what);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                say("something does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Demo() {}
}
