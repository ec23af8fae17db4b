package io.hsu.examples;

import io.hsu.ProcessManager;
import io.hsu.ProcessStatus;
import io.hsu.config.HsuConfig;
import java.nio.file.Path;
import java.util.List;

/** The same with the processes in a YAML file: it ends in the same builder, to which the application can add its own. */
public final class YamlQuickStart {

    public static void main(String[] args) {
        Path file = Path.of(args.length > 0 ? args[0] : "hsu-examples/quickstart.yaml");
        for (ProcessStatus status : run(file)) {
            System.out.printf("%-10s %-10s launches: %d%n", status.id(), status.state(), status.launch());
        }
    }

    static List<ProcessStatus> run(Path file) {
        try (ProcessManager manager = HsuConfig.load(file).toBuilder()
                .process("extra", p -> p.command("sleep", "60"))
                .build()) {
            manager.start();
            return manager.list();
        }
    }

    private YamlQuickStart() {}
}
