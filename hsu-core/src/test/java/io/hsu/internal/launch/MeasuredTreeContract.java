package io.hsu.internal.launch;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ProcessSample;
import io.hsu.ResourceMetric;
import io.hsu.internal.resource.ResourceMeter;
import io.hsu.internal.resource.ResourceMeter.State;
import io.hsu.internal.resource.ResourceMeters;
import io.hsu.internal.resource.SampleHistory;
import io.hsu.internal.resource.linux.LinuxMonitorProvider;
import io.hsu.internal.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Linux resource monitor counts to a tree what the launcher does. */
abstract class MeasuredTreeContract extends LauncherContract {

    private final ResourceMeters meters = new ResourceMeters(new LinuxMonitorProvider()::create, Clock.system());

    @AfterEach
    void close() {
        meters.close();
    }

    private ResourceMeter meter(Launch launch, boolean tree) {
        return meters.watch(launch.process().measured(tree), new SampleHistory(SampleHistory.DEFAULT_RETENTION));
    }

    private Set<Long> members(ResourceMeter meter) {
        assertEquals(State.MEASURED, meter.state(), () -> meter.trouble().orElse(""));
        return meter.latest().orElseThrow().processes().stream()
                .map(ProcessSample::pid)
                .collect(Collectors.toSet());
    }

    /** Waits until what is measured is found in the way that is put to the test. */
    void settle(Launch launch) {}

    private void assertMeasured(Launch launch, int count) {
        settle(launch);
        try (ResourceMeter meter = meter(launch, true)) {
            soon("all that was started").untilAsserted(() -> {
                meters.sample(List.of(meter));
                assertEquals(count, members(meter).size());
                assertEquals(launch.members(), members(meter));
                assertEquals(
                        launch.process().pid(),
                        meter.latest().orElseThrow().processes().get(0).pid());
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "alone                                       | 1 | exec sleep 300",
                "a grandchild                                | 3 | sh -c 'sleep 300; true' & wait",
                "a child in a session of its own             | 2 | setsid sleep 300 & wait",
                "a double fork in a session of its own       | 2 | (setsid sleep 300 &); exec sleep 300",
                "a double fork whose child has another child | 3 | (setsid sh -c 'sleep 300; true' &); exec sleep 300",
                "a child that hides its environment          | 2 | env -i sleep 300 & wait"
            })
    void tree_hasWhatTheLauncherFinds(String what, int count, String script) {
        assertMeasured(sh(script), count);
    }

    @Test
    void trees_areToldApart() {
        List<Launch> launches = new ArrayList<>();
        List<ResourceMeter> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Launch launch = sh("(setsid sleep 300 &); sleep 300 & wait");
            settle(launch);
            launches.add(launch);
            all.add(meter(launch, true));
            all.add(meter(launch, false));
        }
        soon("all that was started").untilAsserted(() -> {
            meters.sample(all);
            for (int i = 0; i < launches.size(); i++) {
                assertEquals(3, members(all.get(2 * i)).size());
                assertEquals(launches.get(i).members(), members(all.get(2 * i)));
                assertEquals(Set.of(launches.get(i).process().pid()), members(all.get(2 * i + 1)));
            }
        });
    }

    @Test
    void whatComesAndGoes_isFollowed() {
        Launch launch = sh("while :; do sleep 0.02 & sleep 0.01; done");
        try (ResourceMeter meter = meter(launch, true)) {
            meters.sample(List.of(meter));
            double before = meter.value(ResourceMetric.CPU_TIME);
            soon("some processor time").untilAsserted(() -> {
                meters.sample(List.of(meter));
                assertTrue(members(meter).size() < 10, () -> meter.latest().toString());
                double used = meter.value(ResourceMetric.CPU_TIME) - before;
                assertTrue(used >= 0.05, () -> "has used " + used + " s");
            });
        }
    }
}
