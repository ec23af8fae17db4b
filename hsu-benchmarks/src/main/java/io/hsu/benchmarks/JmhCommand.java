package io.hsu.benchmarks;

import io.hsu.benchmarks.support.Installation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Hands its arguments to JMH. */
@Command(
        name = "jmh",
        description =
                "Runs the JMH benchmarks; arguments are JMH's own (jmh -h tells them). Without -rf, figures go as JSON"
                        + " to jmh.json beside the jar.")
final class JmhCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        List<String> all = new ArrayList<>(arguments);
        if (!all.contains("-rf")) {
            all.addAll(List.of(
                    "-rf",
                    "json",
                    "-rff",
                    Installation.directory().resolve("jmh.json").toString()));
        }
        org.openjdk.jmh.Main.main(all.toArray(String[]::new));
        return 0;
    }
}
