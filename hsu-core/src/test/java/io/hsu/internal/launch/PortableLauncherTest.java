package io.hsu.internal.launch;

import io.hsu.internal.time.Timer;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Nested;

/** The portable launcher keeps the contract. */
class PortableLauncherTest {

    @Nested
    class Start extends LauncherStartContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return new PortableLauncher(timer, threads);
        }
    }

    @Nested
    class Environment extends LauncherEnvironmentContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return new PortableLauncher(timer, threads);
        }
    }

    @Nested
    class Output extends LauncherOutputContract {
        /** Known limit: Java may close the pipe as soon as the process has ended. */
        @Override
        boolean readsOnAfterExit() {
            return false;
        }

        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return new PortableLauncher(timer, threads);
        }
    }

    @Nested
    class Trees extends LauncherTreeContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return new PortableLauncher(timer, threads);
        }
    }

    @Nested
    class Limits extends LauncherLimitContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return new PortableLauncher(timer, threads);
        }
    }
}
