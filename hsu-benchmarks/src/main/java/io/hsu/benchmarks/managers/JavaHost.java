package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.support.Installation;
import io.hsu.benchmarks.support.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JVM whose main class, from this jar, runs the children: what a host without a process manager would write. */
final class JavaHost implements Manager {

    /** The JVM of this run is that of all contenders. */
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final String key;
    private final String title;
    private final Class<?> main;
    private final List<String> arguments;

    JavaHost(String key, String title, Class<?> main, String... arguments) {
        this.key = key;
        this.title = title;
        this.main = main;
        this.arguments = List.of(arguments);
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
        return Optional.empty();
    }

    @Override
    public List<String> configure(Session session, Children children) {
        List<String> command =
                new ArrayList<>(List.of(JAVA, "-cp", Installation.jar().toString(), main.getName()));
        command.addAll(children.toArguments());
        command.addAll(arguments);
        return command;
    }
}
