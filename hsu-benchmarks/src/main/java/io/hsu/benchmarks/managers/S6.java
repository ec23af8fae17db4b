package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.support.Programs;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** s6: a scanner, and a supervisor process for each child. */
final class S6 implements Manager {

    private static final String PROGRAM = "s6-svscan";

    @Override
    public String key() {
        return "s6";
    }

    @Override
    public String title() {
        return "s6-svscan";
    }

    @Override
    public Optional<String> missing() {
        return Programs.missing(PROGRAM);
    }

    @Override
    public List<String> configure(Session session, Children children) throws IOException {
        return List.of(
                Programs.require(PROGRAM).toString(),
                "-c",
                Integer.toString(children.count() + 1), // 500 services at the most otherwise
                ServiceDirectories.write(session, children).toString());
    }
}
