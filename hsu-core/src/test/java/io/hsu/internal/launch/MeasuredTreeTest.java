package io.hsu.internal.launch;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.internal.time.Timer;
import io.hsu.spi.ResourceTarget;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is measured of a launch, however its tree is found. */
@EnabledOnOs(OS.LINUX)
class MeasuredTreeTest {

    @Nested
    class InControlGroups extends MeasuredTreeContract {
        private Launcher launcher;

        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            launcher = LinuxLauncherTest.launcher(timer, threads, true);
            return launcher;
        }

        /** It may be moved there in the background. */
        @Override
        void settle(Launch launch) {
            assumeTrue(launcher.name().contains("trees in"), "this system has no control groups to write to");
            ResourceTarget target = launch.process().measured(true);
            soon("its control group").until(() -> target.controlGroup().isPresent());
        }
    }

    @Nested
    class WithoutControlGroups extends MeasuredTreeContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return LinuxLauncherTest.launcher(timer, threads, false);
        }
    }
}
