package io.hsu.benchmarks.managers;

import io.hsu.benchmarks.support.Programs;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** runit: a scanner, and a supervisor process for each child. */
final class Runit implements Manager {

    private static final String PROGRAM = "runsvdir";

    @Override
    public String key() {
        return "runit";
    }

    @Override
    public String title() {
        return "runit (runsvdir)";
    }

    @Override
    public Optional<String> missing() {
        return Programs.missing(PROGRAM);
    }

    @Override
    public List<String> configure(Session session, Children children) throws IOException {
        return List.of(
                Programs.require(PROGRAM).toString(),
                ServiceDirectories.write(session, children).toString());
    }
}
