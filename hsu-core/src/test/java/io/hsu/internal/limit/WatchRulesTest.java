package io.hsu.internal.limit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hsu.Bytes;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitEnforcement;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.Monitoring;
import io.hsu.ProcessSpec;
import io.hsu.TestBed;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.launch.Launcher;
import io.hsu.internal.resource.oshi.OshiMonitorProvider;
import io.hsu.spi.ResourceMonitorProvider;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A limit that would be watched in vain is refused. */
class WatchRulesTest {

    private static final Limit MEMORY = Limit.memory(Bytes.mib(100)).then(LimitAction.RESTART);

    private Monitoring monitoring = Monitoring.DEFAULT;
    private Supplier<ResourceMonitorProvider> monitor = OshiMonitorProvider::new;

    /** By a launcher that can do nothing but launch. */
    private WatchRules rules() {
        Launcher plain = new Launcher() {
            @Override
            public String name() {
                return "plain";
            }

            @Override
            public LaunchedProcess launch(LaunchRequest request, LaunchListener listener) {
                throw new UnsupportedOperationException("launch");
            }
        };
        return new WatchRules(plain, () -> monitor.get());
    }

    private void require(Limit limit) {
        ProcessSpec spec = ProcessSpec.builder("api")
                .command("api")
                .limit(limit)
                .monitoring(monitoring)
                .build();
        rules().require(spec);
    }

    private void refused(Limit limit, String why) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> require(limit));
        assertEquals(
                "process 'api': the limit '%s' cannot be kept: %s; or leave it out, or tolerate this with bestEffort()"
                        .formatted(limit, why),
                refusal.getMessage());
        assertDoesNotThrow(() -> require(limit.bestEffort()));
        assertDoesNotThrow(() -> require(limit.then(LimitAction.NONE)));
        LimitStatus status = rules().checked(new LimitStatus(limit, Holder.WATCHED, "as it is"), monitoring);
        assertEquals(new LimitStatus(limit, Holder.UNSUPPORTED, "as it is; it is not watched either: " + why), status);
    }

    @Test
    void watchedLimit_isFine() {
        assertDoesNotThrow(() -> require(MEMORY));
        LimitStatus status = new LimitStatus(MEMORY, Holder.WATCHED, "as it is");
        assertEquals(status, rules().checked(status, monitoring));
    }

    @Test
    void whatTheMonitorDoesNotMeasure() {
        refused(
                Limit.readOpsPerSecond(100).then(LimitAction.RESTART),
                "the resource monitor 'oshi' does not measure it; take another one");
    }

    @Test
    void noMonitor() {
        monitor = () -> {
            throw new UnsupportedOperationException("there is none for this system");
        };
        refused(MEMORY, "there is none for this system");
    }

    @Test
    void monitoringIsOff() {
        monitoring = monitoring.enabled(false);
        refused(MEMORY, "the process is not measured; turn its monitoring on");
    }

    @Test
    void childrenOfAProcessThatIsMeasuredAlone() {
        monitoring = monitoring.ofProcessAlone();
        refused(Limit.childProcesses(3), "the process is measured alone; measure its tree");
    }

    @Test
    void throttlingWithoutPauses() {
        refused(
                Limit.cpuPercent(50).then(LimitAction.THROTTLE),
                "the plain launcher cannot stop and continue processes; take another action");
    }

    @Test
    void heldByTheKernel_needsNobodyWhoWatches() {
        LimitStatus held = new LimitStatus(MEMORY.held(LimitEnforcement.KERNEL), Holder.CGROUP, "memory.max");
        assertEquals(held, rules().checked(held, monitoring.enabled(false)));
    }

    /** As a manager says it. */
    @Test
    void refusal_comesFromTheBuilder() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new TestBed()
                        .builder()
                        .process(
                                "api",
                                p -> p.command("api").limit(MEMORY).monitoring(Monitoring.DEFAULT.enabled(false)))
                        .build());
    }
}
