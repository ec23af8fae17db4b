package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.HealthStatus;
import io.hsu.ProcessState;
import io.hsu.ProcessStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartSummaryTest {

    @Test
    void all_running() {
        assertEquals(
                "2 running",
                StartSummary.of(
                        List.of(status("a", ProcessState.RUNNING), status("b", ProcessState.RUNNING)), id -> true));
    }

    @Test
    void none() {
        assertEquals("0 running", StartSummary.of(List.of(), id -> true));
    }

    @Test
    void others_areNamed() {
        assertEquals(
                "1 running, 1 ended (job), 2 failed (db, web), 1 disabled",
                StartSummary.of(
                        List.of(
                                status("db", ProcessState.FAILED),
                                status("api", ProcessState.RUNNING),
                                status("job", ProcessState.STOPPED),
                                status("off", ProcessState.REGISTERED),
                                status("web", ProcessState.FAILED)),
                        id -> !id.equals("off")));
    }

    private static ProcessStatus status(String id, ProcessState state) {
        return ManagementServerTest.status(id, state, HealthStatus.UNKNOWN);
    }
}
