package io.hsu.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hsu.ExitStatus;
import io.hsu.internal.time.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The portable launcher keeps the contract. */
class PortableLauncherTest {

    @Nested
    class Start extends LauncherStartContract {
        @Override
        Launcher create(Timer timer, ThreadFactory threads) {
            return new PortableLauncher(timer, threads);
        }

        /** Known limit: setsid does the exec and can only say on stderr that it failed. */
        @Test
        @EnabledOnOs(OS.LINUX)
        void executable_thatTheSystemCannotRunEndsWithCode126Or127() throws IOException {
            Path file = Files.writeString(directory.resolve("tool"), "#!/no/such/interpreter\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            Launch launch = launch(p -> p.command(file.toString()));
            assertEquals(new ExitStatus.Exited(127), launch.exit());
            assertTrue(launch.over().stderr().contains(file.toString()), launch.stderr());
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
}
