package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stand-alone HSU. */
final class HsuServer implements Manager {

    /** A class archive and what makes a JVM small for a short start; the archive is made before the run. */
    static final List<String> RECOMMENDED_FLAGS =
            List.of("-XX:SharedArchiveFile=" + HsuServer.ARCHIVE, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Stands for the archive of loaded classes in a flag. */
    private static final String ARCHIVE = "{archive}";

    private static final String PLAIN = """
              - id: %s
                type: standard_managed
                management:
                  control:
                    executable: "%s"
                    arguments: ["%s"]
                  restart_policy:
                    strategy: always
                    max_attempts: unlimited
                    restart_delay: 0s
                    backoff_multiplier: 1
            """;

    /** A sample and a check every ten seconds, which only the other shape can ask for. */
    private static final String WATCHED = """
              - id: %s
                type: standard_managed
                management:
                  standard_managed:
                    control:
                      execution: {executable_path: "%s", args: ["%s"]}
                      restart_policy: always
                      limits: {monitoring: {interval: 10s}}
                    health_check: {type: process, run_options: {interval: 10s, timeout: 5s}}
            """;

    private final String key;
    private final String title;
    private final List<String> command;
    private final Path needed;
    private final boolean watches;

    /**
     * @param command starts the manager when the configuration's options are added
     * @param needed the file without which it cannot run
     * @param watches whether it looks often at its children
     */
    HsuServer(String key, String title, List<String> command, Path needed, boolean watches) {
        this.key = key;
        this.title = title;
        this.command = command;
        this.needed = needed;
        this.watches = watches;
    }

    /** {@return the command for a jar and flags of the JVM} */
    static List<String> java(Path jar, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(JavaHost.JAVA);
        command.addAll(flags);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** {@return the one that the launcher script beside the jar starts} */
    static HsuServer script(Path jar) {
        Path script = jar.resolveSibling("hsu");
        return new HsuServer("hsu-script", "HSU, launcher script", List.of(script.toString()), script, false);
    }

    /** {@return the same, with each child sampled and checked every ten seconds} */
    static HsuServer watching(Path jar) {
        Path script = jar.resolveSibling("hsu");
        return new HsuServer(
                "hsu-watching", "HSU, script, each child watched", List.of(script.toString()), script, true);
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Optional<String> missing() {
        return Files.exists(needed) ? Optional.empty() : Optional.of("there is no " + needed);
    }

    @Override
    public List<String> configure(Session session, Children children) throws IOException, InterruptedException {
        Path archive = session.directory().resolve("hsu.jsa");
        if (String.join(" ", command).contains(ARCHIVE)) {
            makeArchive(session, archive);
        }
        Path yaml = Files.writeString(
                session.directory().resolve("hsu.yaml"), yaml(session.directory(), children, watches));
        List<String> all = new ArrayList<>();
        command.forEach(part -> all.add(part.replace(ARCHIVE, archive.toString())));
        all.addAll(List.of("--config", yaml.toString(), "--port", "0"));
        return all;
    }

    private void makeArchive(Session session, Path archive) throws IOException, InterruptedException {
        Path yaml = Files.writeString(
                session.directory().resolve("archive.yaml"),
                yaml(session.directory(), Children.of(session.run(), 1), watches));
        List<String> dump = new ArrayList<>(java(needed, List.of("-XX:ArchiveClassesAtExit=" + archive)));
        dump.addAll(List.of("--config", yaml.toString(), "--port", "0", "--run-duration", "1"));
        session.runToEnd(dump);
    }

    static String yaml(Path directory, Children children, boolean watches) {
        StringBuilder yaml = new StringBuilder("""
                process_manager:
                  base_directory: "%s"
                log_collection:
                  default: {capture: pipe}
                managed_processes:
                """.formatted(directory));
        for (int i = 0; i < children.count(); i++) {
            List<String> line = children.command(i);
            yaml.append((watches ? WATCHED : PLAIN)
                    .formatted(children.name(i), line.get(0), String.join("\", \"", line.subList(1, line.size()))));
        }
        return yaml.toString();
    }
}
