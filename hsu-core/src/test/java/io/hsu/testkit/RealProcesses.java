package io.hsu.testkit;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.LauncherType;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.ProcessManagerBuilder;
import io.hsu.ProcessSpecBuilder;
import io.hsu.ProcessState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of a manager as users have it: real threads, real time, real processes. After each test the manager is closed,
 * and then neither a process nor a thread of it may be left.
 */
@DisabledOnOs(OS.WINDOWS)
public abstract class RealProcesses {

    @TempDir
    protected Path directory;

    protected final Marked marked = new Marked();
    protected final Queue<ProcessEvent> events = new ConcurrentLinkedQueue<>();
    protected ProcessManager manager;

    /** {@return what makes the processes} */
    protected LauncherType launcher() {
        return LauncherType.AUTO;
    }

    /** Builds the manager of this test. */
    protected final void manage(Consumer<ProcessManagerBuilder> processes) {
        ProcessManagerBuilder builder =
                ProcessManager.builder().launcher(launcher()).listener(events::add);
        processes.accept(builder);
        manager = builder.build();
    }

    /** Builds a manager of one shell script, named "it". */
    protected final void manage(String script, Consumer<ProcessSpecBuilder> options) {
        manage(m -> m.process("it", p -> options.accept(sh(p, script))));
    }

    /** Makes a process a shell script, with the test's directory as its first argument. */
    protected final ProcessSpecBuilder sh(ProcessSpecBuilder process, String script) {
        return process.command("/bin/sh", "-c", script, "sh", directory.toString())
                .environment(Marked.VARIABLE, marked.mark());
    }

    protected final void awaitState(String id, ProcessState state) {
        soon("process '%s' to be %s".formatted(id, state))
                .untilAsserted(() -> assertEquals(state, manager.status(id).state()));
    }

    protected final long pid(String id) {
        return manager.status(id).pid().orElseThrow();
    }

    /** {@return the events of one kind, in order} */
    protected final <E extends ProcessEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @AfterEach
    final void closeAndLeaveNothing() {
        try {
            if (manager != null) {
                manager.close();
            }
            assertEquals(Set.of(), marked.alive(), "nothing is left when close() returns");
            soon("the end of all threads").untilAsserted(() -> assertEquals(List.of(), threads()));
        } finally {
            marked.killAll();
        }
    }

    /** {@return the names of the threads of managers} */
    protected static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("hsu-"))
                .sorted()
                .toList();
    }

    protected static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
