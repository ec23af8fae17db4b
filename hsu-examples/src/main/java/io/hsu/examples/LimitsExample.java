package io.hsu.examples;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.hsu.Backoff;
import io.hsu.Bytes;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.Monitoring;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.Restart;
import io.hsu.RetryBudget;
import java.util.function.Consumer;

/** A process that takes more memory than it may, is restarted, and may take more then. */
public final class LimitsExample {

    /** 60 MB without an end of line, which {@code tail} keeps until that comes. */
    private static final String HUNGRY = "(head -c 60000000 /dev/zero; sleep 300) | tail -n 1";

    public static void main(String[] args) throws InterruptedException {
        try (ProcessManager manager = manager(LimitsExample::show, words -> show("pager: " + words))) {
            manager.start();
            Thread.sleep(10_000);
            manager.status("importer").usage().ifPresent(LimitsExample::show);
        }
    }

    private static void show(Object what) {
        System.out.println(what);
    }

    /** {@return a manager of a hungry process} */
    public static ProcessManager manager(Consumer<ProcessEvent> watcher, Consumer<String> pager) {
        return ProcessManager.builder()
                .listener(watcher)
                .onAlert(violated -> pager.accept(violated.reason()))
                .process(
                        "importer",
                        p -> p.command("sh", "-c", HUNGRY)
                                .limit(Limit.memory(Bytes.mib(40))
                                        .then(LimitAction.RESTART_ADJUSTED)
                                        .adjust(2, Bytes.mib(160)))
                                .limit(Limit.cpuPercent(80).then(LimitAction.THROTTLE))
                                .limit(Limit.openFiles(1024).then(LimitAction.ALERT))
                                .monitoring(Monitoring.DEFAULT.every(ofMillis(500)))
                                .restart(Restart.onFailure()
                                        .startupGrace(ZERO)
                                        .sustainedViolation(ofSeconds(1))
                                        .onResourceViolation(RetryBudget.of(5, Backoff.fixed(ofSeconds(1))))))
                .build();
    }

    private LimitsExample() {}
}
