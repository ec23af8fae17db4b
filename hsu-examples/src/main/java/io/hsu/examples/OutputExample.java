package io.hsu.examples;

import io.hsu.Bytes;
import io.hsu.LogFilter;
import io.hsu.LogFormat;
import io.hsu.LogLevel;
import io.hsu.LogTarget;
import io.hsu.ProcessManager;
import io.hsu.Rotation;
import io.hsu.StreamKind;
import io.hsu.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where output can go: files that rotate, JSON of all processes together, a follower in the host application. */
public final class OutputExample {

    public static void main(String[] args) throws IOException, InterruptedException {
        Path logs = Files.createTempDirectory("hsu-output-example");
        run(logs).forEach(System.out::println);
        try (Stream<Path> files = Files.walk(logs)) {
            files.filter(Files::isRegularFile).sorted().forEach(System.out::println);
        }
    }

    /** {@return the lines that the host has seen} */
    static List<String> run(Path logs) throws InterruptedException {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (ProcessManager manager = ProcessManager.builder()
                .logDirectory(logs)
                .process(
                        "api",
                        p -> p.command("sh", "-c", "echo 'INFO: listening'; echo 'DEBUG: heartbeat'; sleep 60")
                                .output(o -> o.keptLines(200)
                                        .filter(LogFilter.none()
                                                .minLevel(LogLevel.INFO)
                                                .exclude(Pattern.compile("heartbeat")))
                                        .to(LogTarget.file("{process_id}-stdout.log")
                                                .only(StreamKind.STDOUT)
                                                .rotation(Rotation.ofSize(Bytes.mib(50))
                                                        .maxFiles(5)
                                                        .maxAge(Duration.ofDays(3))
                                                        .compressed()))))
                .aggregate(LogTarget.file("all.json").format(LogFormat.JSON))
                .build()) {
            manager.start("api");
            Subscription following = manager.logs("api").follow(0, line -> seen.add(line.text()));
            while (seen.size() < 2) {
                Thread.sleep(10); // the application's own work
            }
            following.close();
            System.out.println(manager.status("api").output());
        }
        return seen;
    }

    private OutputExample() {}
}
