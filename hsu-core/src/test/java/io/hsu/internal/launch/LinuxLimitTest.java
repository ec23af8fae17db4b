package io.hsu.internal.launch;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.Bytes;
import io.hsu.ExitStatus;
import io.hsu.Limit;
import io.hsu.LimitAction;
import io.hsu.LimitEnforcement;
import io.hsu.LimitStatus;
import io.hsu.LimitStatus.Holder;
import io.hsu.ProcessSpec;
import io.hsu.ProcessSpecBuilder;
import io.hsu.Signal;
import io.hsu.internal.linux.ResourceLimits;
import io.hsu.internal.linux.ResourceLimits.Resource;
import io.hsu.internal.time.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How the Linux launcher has the kernel hold limits. */
@EnabledOnOs(OS.LINUX)
class LinuxLimitTest extends LauncherContract {

    @Override
    Launcher create(Timer timer, ThreadFactory threads) {
        return LinuxLauncherTest.launcher(timer, threads, true);
    }

    private void needs(Limit... limits) {
        for (Limit limit : limits) {
            LimitSupport support = tested().support(limit, List.of(limits));
            assumeTrue(support.isThere(), () -> limit + ": " + support.detail());
        }
    }

    @Test
    void launchesAtOnce_eachHasItsOwnLimit() {
        List<Launch> launches = IntStream.range(0, 16)
                .parallel()
                .mapToObj(number ->
                        launch(p -> p.command("/bin/sh", "-c", "ulimit -n").limit(Limit.openFiles(100 + number))))
                .toList();
        List<String> found =
                launches.stream().map(launch -> launch.over().stdout().strip()).toList();
        assertEquals(IntStream.range(100, 116).mapToObj(Integer::toString).toList(), found);
    }

    @Test
    void moreThanTheManagerMayHave_isAsMuchAsItMay() {
        long own = ResourceLimits.own(Resource.NOFILE);
        Launch launch = launch(p ->
                p.command("/bin/sh", "-c", "ulimit -n").limit(Limit.openFiles(2_000_000_000))); // beyond fs.nr_open
        assertEquals(own + "\n", launch.over().stdout());
        LimitStatus status = launch.process().limits().get(0);
        assertEquals(Holder.RLIMIT, status.holder());
        assertEquals("RLIMIT_NOFILE of each process, %d: more is not allowed here".formatted(own), status.detail());
    }

    @Test
    void limitsOfTheRequest_goBeforeTheSpecifications() {
        LaunchRequest request = LaunchRequest.of(ProcessSpec.builder("api")
                .command("run")
                .limit(Limit.openFiles(10))
                .build());
        assertEquals(List.of(Limit.openFiles(10)), request.limits());
        Limit raised = Limit.openFiles(20);
        assertEquals(List.of(raised), request.withLimits(List.of(raised)).limits());
        assertEquals(
                List.of(raised),
                request.withLimits(List.of(raised)).withPort(80).limits());
    }

    @Test
    void group_isThereBeforeTheProgramBegins() throws IOException {
        needs(Limit.processes(50));
        for (int round = 0; round < 10; round++) {
            Launch launch =
                    launch(p -> p.command("/bin/cat", "/proc/self/cgroup").limit(Limit.processes(50)));
            assertTrue(
                    launch.over()
                            .stdout()
                            .lines()
                            .filter(line -> line.contains(":pids:") || line.startsWith("0::"))
                            .anyMatch(line -> line.matches(".*/hsu-\\d+-\\d+/\\d+")),
                    launch::stdout);
        }
    }

    @Test
    void groups_areRemovedWithTheTree() throws IOException {
        needs(Limit.processes(50));
        Launch launch = launch(p ->
                p.command(shell("(setsid sleep 300 &); cat /proc/self/cgroup")).limit(Limit.processes(50)));
        List<String> groups = launch.untilOutput("hsu-").stdout().lines().toList();
        Path directory = groups.stream()
                .filter(line -> line.contains(":pids:"))
                .map(line -> Path.of("/sys/fs/cgroup/pids" + line.replaceFirst(".*:pids:", "")))
                .findFirst()
                .orElseGet(() -> groups.stream()
                        .filter(line -> line.startsWith("0::"))
                        .map(line -> Path.of("/sys/fs/cgroup" + line.substring("0::".length())))
                        .findFirst()
                        .orElseThrow());
        launch.exit();
        assertTrue(Files.isDirectory(directory), "what is left over is still held");
        launch.signalAll(Signal.KILL);
        soon("its removal").until(() -> launch.members().isEmpty() && !Files.exists(directory));
    }

    @Test
    void reads_areSlowedDown() throws IOException {
        Limit limit = Limit.readBytesPerSecond(Bytes.mib(1)).held(LimitEnforcement.KERNEL);
        needs(limit);
        Path file = Files.write(directory.resolve("file"), new byte[(int) Bytes.mib(1)]);
        assumeTrue(
                isReadDirectly(file, p -> {}), "files of the temporary directory cannot be read past the page cache");
        long begin = System.nanoTime();
        assertTrue(isReadDirectly(file, p -> p.limit(limit)));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.toMillis() > 600, () -> "1 MiB at 1 MiB/s took " + took);
    }

    private boolean isReadDirectly(Path file, Consumer<ProcessSpecBuilder> change) {
        Launch launch = launch(p -> {
            p.command(shell("sync \"$1\"; exec dd if=\"$1\" of=/dev/null bs=64k iflag=direct", file.toString()));
            change.accept(p);
        });
        return launch.exit().equals(new ExitStatus.Exited(0));
    }

    @Test
    void swap_besideMemory() {
        Limit memory = Limit.memory(Bytes.mib(64)).held(LimitEnforcement.KERNEL);
        Limit swap = Limit.swap(0).held(LimitEnforcement.KERNEL);
        needs(memory, swap);
        Launch launch = launch(p -> p.command("/bin/sleep", "300").limit(swap).limit(memory));
        assertEquals(
                List.of(Holder.CGROUP, Holder.CGROUP),
                launch.process().limits().stream().map(LimitStatus::holder).toList());
    }

    @Test
    void whatTheKernelCannot_isSaid() {
        List<Limit> all = List.of(
                Limit.memory(Bytes.gib(1)).then(LimitAction.THROTTLE),
                Limit.swap(0),
                Limit.writeBytesPerSecond(1000),
                Limit.childProcesses(1));
        for (Limit limit : all) {
            LimitSupport support = tested().support(limit, List.of(limit));
            assertFalse(support.detail().isBlank());
        }
        LimitSupport weight = tested().support(LaunchSetting.IO_WEIGHT, 50);
        assertTrue(
                weight.isThere()
                        || weight.detail().contains("scheduler")
                        || weight.detail().contains("control group"),
                weight::detail);
    }

    @Test
    void limitThatTheKernelRefuses_isTold() {
        Limit limit = Limit.cpuPercent(1e15).held(LimitEnforcement.KERNEL); // no kernel has so many cores
        needs(limit);
        assertTrue(
                refusal(p -> p.command("/bin/true").limit(limit)).getMessage().contains("cpu."));
        Launch launch = launch(p -> p.command("/bin/sleep", "300").limit(limit.bestEffort()));
        LimitStatus status = launch.process().limits().get(0);
        assertEquals(Holder.UNSUPPORTED, status.holder(), status::detail);
        assertTrue(status.detail().contains("Invalid argument"), status::detail);
    }
}
