package io.hsu.internal.log;

import io.hsu.ProcessEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of lines that one target did not get: at once, and then at most once a second. Safe for use by many threads. */
final class DropReport {

    private static final Logger log = LoggerFactory.getLogger(DropReport.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final String target;
    private final OutputHub.Means means;
    private final Map<Origin, Long> untold = new LinkedHashMap<>(1);
    private boolean telling;

    DropReport(String target, OutputHub.Means means) {
        this.target = target;
        this.means = means;
    }

    void add(Origin origin, long count) {
        origin.counters().dropped(count);
        synchronized (this) {
            untold.merge(origin, count, Long::sum);
            if (telling) {
                return;
            }
            telling = true;
        }
        means.onPool(this::tell);
    }

    private void tell() {
        Map<Origin, Long> drops;
        synchronized (this) {
            drops = new LinkedHashMap<>(untold);
            untold.clear();
            telling = !drops.isEmpty();
        }
        drops.forEach((origin, count) -> {
            log.warn(
                    "process '{}': {} lines of its {} were dropped: {} takes them too slowly, or not at all",
                    origin.processId(),
                    count,
                    origin.stream(),
                    target);
            means.events()
                    .accept(new ProcessEvent.OutputDropped(
                            origin.processId(), means.clock().now(), origin.stream(), target, count));
        });
        if (!drops.isEmpty()) {
            means.timer().schedule(INTERVAL, () -> means.onPool(this::tell));
        }
    }
}
