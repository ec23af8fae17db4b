package io.hsu.internal.launch.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.ExitStatus;
import io.hsu.Limit;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.ProcessSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** At which limit a process has ended, as far as that can be told. What the kernel counts is tested with real groups. */
class LaunchLimitsTest {

    private static final int XCPU = 24;

    private final LaunchLimits limits = limits(Holder.RLIMIT);

    private static LaunchLimits limits(Holder holder) {
        Limit limit = Limit.cpuTime(Duration.ofMillis(1500));
        return new LaunchLimits(
                ProcessSpec.builder("api").command("run").build(),
                List.of(new LimitStatus(limit, holder, "RLIMIT_CPU")),
                List.of(),
                Optional.empty(),
                null);
    }

    @Test
    void signalOfTheLimit_isNamed() {
        assertEquals(
                "killed by signal 24: the limit of its CPU time is 2s",
                limits.explained(new ExitStatus.Killed(XCPU), 2.0, false).toString());
    }

    @Test
    void kill_isNamed_ifSoMuchTimeWasUsed() {
        ExitStatus killed = new ExitStatus.Killed(9);
        assertEquals(killed, limits.explained(killed, 2.0, false));
        assertEquals(killed, limits.explained(killed, 0, false));
        assertEquals(
                "killed by signal 9 (KILL): the limit of its CPU time is 2s",
                limits.explained(killed, 3.0, false).toString());
    }

    @Test
    void killByTheManager_isTheManagers() {
        ExitStatus killed = new ExitStatus.Killed(9);
        assertEquals(killed, limits.explained(killed, 4.0, true));
    }

    @Test
    void limitThatTheKernelDoesNotHold_isNotNamed() {
        ExitStatus killed = new ExitStatus.Killed(XCPU);
        assertEquals(killed, limits(Holder.WATCHED).explained(killed, 4.0, false));
    }

    @Test
    void otherEnds_areLeftAlone() {
        for (ExitStatus status : List.of(
                new ExitStatus.Exited(0),
                new ExitStatus.Exited(137),
                new ExitStatus.Killed(15),
                new ExitStatus.Unknown())) {
            assertEquals(status, limits.explained(status, 4.0, false));
            assertEquals(status, LaunchLimits.NONE.explained(status, 4.0, false));
        }
    }
}
