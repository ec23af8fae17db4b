package io.hsu.internal.launch.linux;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.ProcessSpec;
import io.hsu.internal.launch.LaunchMark;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.linux.Errno;
import io.hsu.internal.linux.Gate;
import io.hsu.internal.linux.InheritedEnvironment;
import io.hsu.internal.linux.Layout;
import io.hsu.internal.linux.LinuxSupport;
import io.hsu.internal.linux.NativeMemory;
import io.hsu.internal.linux.PidFd;
import io.hsu.internal.linux.ProcStat;
import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Something is done with a child before its program begins: or the program never does. */
@EnabledOnOs(OS.LINUX)
class HeldSpawnTest {

    private static final int SIGKILL = 9;

    @TempDir
    Path directory;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final HeldSpawn spawn = new HeldSpawn(pool);
    private final Spawner spawner = new Spawner();
    private final NativeMemory memory = new NativeMemory(Layout.SIGINFO_SIZE + Layout.RUSAGE_SIZE);
    private Path mark;

    @BeforeEach
    void needsTheLauncher() {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
        mark = directory.resolve("ran");
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        pool.shutdown();
        assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
    }

    @Test
    void step_isTakenBeforeTheProgramBegins() throws IOException {
        boolean[] ranBefore = {true};
        int[] held = new int[1];
        assertEquals(0, touch(child -> {
            held[0] = child;
            ranBefore[0] = Files.exists(mark)
                    || !SmallFile.read("/proc/" + child + "/comm").startsWith("pool-");
        }));
        assertFalse(ranBefore[0], "it was held, under its parent's name");
        assertEquals(held[0], pid());
        assertEquals(0, status());
        assertTrue(Files.exists(mark));
    }

    @Test
    void descriptorsOfTheGate_areNotLeft() throws IOException {
        assertEquals(0, spawn("ls -l /proc/self/fd >" + mark, child -> {}));
        assertEquals(0, status());
        String open = Files.readString(mark);
        assertFalse(open.contains("hsu-gate"), open);
        assertTrue(open.contains("0 -> /dev/null"), open);
    }

    @Test
    void stepThatFails_theProgramNeverBegins() {
        IOException refusal = new IOException("no");
        HeldSpawn.StepFailedException e = assertThrows(
                HeldSpawn.StepFailedException.class,
                () -> touch(child -> {
                    throw refusal;
                }));
        assertEquals(refusal, e.getCause());
        assertEquals(SIGKILL, status());
        assertFalse(Files.exists(mark));
    }

    @Test
    void programThatIsMissing_isTheCallsOwnError() throws IOException {
        int[] steps = new int[1];
        int error = spawn.spawn(
                call(new SpawnBlock(request(":"), Path.of("/no/such/file"), new InheritedEnvironment())),
                this::pid,
                child -> steps[0]++);
        assertEquals(Errno.ENOENT, error);
        assertEquals(1, steps[0], "the gate itself is there");
    }

    @Test
    void gateThatCannotBeOpened_theStepIsTakenAfterwards() throws IOException {
        int[] gated = new int[1];
        HeldSpawn.Call call = gate -> {
            gated[0] += gate == null ? 0 : 1;
            return gate == null ? call(block("echo >" + mark)).with(null) : Errno.EACCES;
        };
        int[] steps = new int[1];
        for (int round = 1; round <= 2; round++) {
            assertEquals(0, spawn.spawn(call, this::pid, child -> steps[0]++));
            assertEquals(0, status());
            assertEquals(round, steps[0]);
        }
        assertEquals(1, gated[0], "it is not tried again");
    }

    @Test
    void stepThatFailsAfterwards_killsTheProgram() {
        HeldSpawn.Call call =
                gate -> gate == null ? call(block("exec sleep 300")).with(null) : Errno.EACCES;
        assertThrows(
                HeldSpawn.StepFailedException.class,
                () -> spawn.spawn(call, this::pid, child -> {
                    throw new IllegalStateException("no");
                }));
        assertEquals(SIGKILL, status());
    }

    /** The child's own copy of the gate is closed: with the host goes the gate, and without it nothing begins. */
    @Test
    void hostThatDiesMeanwhile_theProgramNeverBegins() throws IOException, InterruptedException {
        Process host = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Host.class.getName(),
                        mark.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long child = Long.parseLong(host.inputReader().readLine());
        ProcStat held = ProcStat.of(child);
        host.destroyForcibly().waitFor();
        soon("the end of the child").until(() -> {
            ProcStat now = ProcStat.of(child);
            return now == null || now.isDead() || now.start() != held.start();
        });
        assertFalse(Files.exists(mark));
    }

    /** A host that holds a child for ever. */
    static final class Host {
        public static void main(String[] args) throws IOException {
            HeldSpawnTest test = new HeldSpawnTest();
            test.mark = Path.of(args[0]);
            test.touch(child -> {
                System.out.println(child);
                System.out.flush();
                while (true) {
                    System.in.read(); // until it is killed
                }
            });
        }
    }

    private int touch(HeldSpawn.Step step) throws IOException {
        return spawn("echo >" + mark, step);
    }

    private int spawn(String script, HeldSpawn.Step step) throws IOException {
        return spawn.spawn(call(block(script)), this::pid, step);
    }

    private HeldSpawn.Call call(SpawnBlock block) {
        return (Gate gate) ->
                spawner.spawn(block, new LaunchMark().next(), Spawner.NONE, Spawner.NONE, Spawner.NONE, gate, memory);
    }

    private static SpawnBlock block(String script) {
        return new SpawnBlock(request(script), Path.of("/bin/sh"), new InheritedEnvironment());
    }

    private static LaunchRequest request(String script) {
        return LaunchRequest.of(
                ProcessSpec.builder("api").command("/bin/sh", "-c", script).build());
    }

    private int pid() {
        return memory.getInt(0);
    }

    /** {@return its exit code, or the signal that has ended it} */
    private int status() {
        NativeMemory siginfo = new NativeMemory(Layout.SIGINFO_SIZE + Layout.RUSAGE_SIZE);
        assertEquals(0, PidFd.await(pid(), siginfo.address(), siginfo.address() + Layout.SIGINFO_SIZE));
        return siginfo.getInt(Layout.SIGINFO_STATUS);
    }
}
