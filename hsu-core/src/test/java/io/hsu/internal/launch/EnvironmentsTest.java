package io.hsu.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.ProcessSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cannot be shown with real processes, because a JVM cannot change its own environment. */
class EnvironmentsTest {

    private static final Map<String, String> OF_MANAGER =
            Map.of("PATH", "/bin", "NOTIFY_SOCKET", "/run/systemd/notify", "WATCHDOG_USEC", "1", "WATCHDOG_PID", "2");

    @Test
    void whatSystemdTellsTheManager_isNotHandedOn() {
        ProcessSpec spec = ProcessSpec.builder("it").command("it").build();
        assertEquals(Map.of("PATH", "/bin"), Environments.of(LaunchRequest.of(spec), OF_MANAGER));
    }

    @Test
    void whatIsSetForTheProcess_isItsOwn() {
        ProcessSpec spec = ProcessSpec.builder("it")
                .command("it")
                .environment("NOTIFY_SOCKET", "/mine")
                .build();
        assertEquals(
                "/mine", Environments.of(LaunchRequest.of(spec), OF_MANAGER).get("NOTIFY_SOCKET"));
    }
}
