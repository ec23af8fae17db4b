package io.hsu.internal.launch;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.internal.launch.linux.LinuxLauncher;
import io.hsu.internal.linux.LinuxSupport;
import io.hsu.internal.time.Clock;
import io.hsu.internal.time.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The Linux launcher keeps the contract, with and without control groups. */
@EnabledOnOs(OS.LINUX)
class LinuxLauncherTest {

    static Launcher launcher(Timer timer, ThreadFactory threads, boolean withCgroups) {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
        Executor pool = task -> threads.newThread(task).start();
        try {
            return new LinuxLauncher(timer, Clock.system(), threads, pool, withCgroups);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class Start extends LauncherStartContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return launcher(timer, threads, true);
        }
    }

    @Nested
    class Environment extends LauncherEnvironmentContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return launcher(timer, threads, true);
        }
    }

    @Nested
    class Output extends LauncherOutputContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return launcher(timer, threads, true);
        }
    }

    @Nested
    class OutputThroughSpools extends LauncherOutputContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return launcher(timer, threads, true);
        }

        @Override
        Launch newLaunch(CountDownLatch gate) {
            return new Launch(gate, directory.resolve("spools"));
        }

        @Override
        boolean writersWait() {
            return false;
        }

        @AfterEach
        void everySpoolIsDeleted() {
            soon("the end of all spools").untilAsserted(() -> {
                try (Stream<Path> left = Files.exists(directory.resolve("spools"))
                        ? Files.list(directory.resolve("spools"))
                        : Stream.empty()) {
                    assertEquals(List.of(), left.toList());
                }
            });
        }
    }

    @Nested
    class Trees extends LauncherTreeContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return launcher(timer, threads, true);
        }
    }

    @Nested
    class TreesWithoutCgroups extends LauncherTreeContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return launcher(timer, threads, false);
        }
    }

    @Nested
    class Limits extends LauncherLimitContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return launcher(timer, threads, true);
        }
    }
}
