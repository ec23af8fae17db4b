package io.hsu.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.ExitStatus;
import io.hsu.Signal;
import io.hsu.StreamKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract's part on output and exits. */
abstract class LauncherOutputContract extends LauncherContract {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 126, 128, 193, 255})
    void exit_codeIsTold(int code) {
        Launch launch = sh("exit " + code);
        assertEquals(new ExitStatus.Exited(code), launch.exit());
        assertFalse(launch.process().isAlive());
    }

    @ParameterizedTest
    @CsvSource({"KILL, 9", "TERM, 15", "SEGV, 11", "HUP, 1"})
    void exit_bySignalIsTold(String signal, int number) {
        assertEquals(
                new ExitStatus.Killed(number),
                sh("kill -%s $$".formatted(signal)).exit());
    }

    @Test
    void exit_isToldWhenTheHostsCommonPoolIsBusy() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        int threads = ForkJoinPool.getCommonPoolParallelism();
        assumeTrue(threads > 1, "with one thread, the JDK does not use the common pool");
        CountDownLatch busy = new CountDownLatch(threads);
        for (int count = 0; count < threads; count++) {
            ForkJoinPool.commonPool().execute(() -> {
                busy.countDown();
                awaitQuietly(release);
            });
        }
        try {
            busy.await();
            assertEquals(new ExitStatus.Exited(3), sh("exit 3").exit());
        } finally {
            release.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void streams_areApart() {
        Launch launch = sh("echo out; echo error >&2; printf 'no end'").over();
        assertEquals("out\nno end", launch.stdout());
        assertEquals("error\n", launch.stderr());
    }

    @Test
    void streams_eachEndsOnce() {
        Launch launch = sh("echo out").over();
        assertEquals(2, launch.ended().size());
        assertEquals(Set.of(StreamKind.values()), Set.copyOf(launch.ended()));
    }

    @Test
    void largeOutput_isCompleteAndInOrder() {
        int lines = 1_400_000;
        Launch launch = sh("seq 1 " + lines + "; echo end >&2").over();
        String expected =
                IntStream.rangeClosed(1, lines).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
        assertTrue(expected.length() > 9_900_000, "about 10 MB");
        assertTrue((expected + "\n").equals(launch.stdout()), "all of it, in order");
        assertEquals("end\n", launch.stderr());
    }

    @Test
    void uncapturedStream_isDiscarded() {
        Launch launch = launch(
                p -> p.command(shell("seq 1 100000; echo error >&2; exit 4")).output(o -> o.captureStdout(false)));
        assertEquals(new ExitStatus.Exited(4), launch.exit());
        assertEquals("error\n", launch.stderr());
        assertEquals("", launch.stdout());
    }

    @RepeatedTest(10)
    void exit_comesAfterTheOutputOfTheProcess() {
        Launch launch = sh("seq 1 2000; exit 3");
        assertEquals(new ExitStatus.Exited(3), launch.exit());
        assertTrue(launch.outputAtExit().endsWith("\n2000\n"), "the last line is there when the exit is told");
    }

    @Test
    void outputHeldOpenByAChild_doesNotHideTheExit() {
        Launch launch = sh("sleep 300 & echo out; exit 7");
        assertEquals(new ExitStatus.Exited(7), launch.exit());
        assertTrue(
                launch.outputToExit().compareTo(Duration.ofMillis(500)) < 0,
                () -> "told within 500 ms, but it took " + launch.outputToExit());
        assertEquals("out\n", launch.outputAtExit());

        launch.signalAll(Signal.KILL);
        launch.over();
        assertEquals(1, launch.exits().size(), "the end of the streams is no second exit");
    }

    /** {@return whether output of a child is read on after the process itself has ended} */
    boolean readsOnAfterExit() {
        return true;
    }

    @Test
    void outputOfAChildThatLivesOn_isStillHandedOn() {
        assumeTrue(readsOnAfterExit());
        Launch launch = sh("(while [ ! -e \"$1\" ]; do sleep 0.02; done; echo later) & exit 0", directory + "/go");
        assertEquals(new ExitStatus.Exited(0), launch.exit());
        assertTrue(directory.resolve("go").toFile().mkdir());
        assertEquals("later\n", launch.over().stdout());
    }

    @Test
    void listenerThatBlocks_holdsUpNobodyElseAndNoExit() {
        CountDownLatch gate = new CountDownLatch(1);
        Launch blocked = heldUp(gate, "echo one; echo two >&2; exit 3");
        for (int number = 0; number < 5; number++) {
            Launch other = sh("echo other; exit 4");
            assertEquals(new ExitStatus.Exited(4), other.exit());
            assertEquals("other\n", other.over().stdout());
        }
        assertEquals(new ExitStatus.Exited(3), blocked.exit());
        gate.countDown();
        assertEquals("one\n", blocked.over().stdout());
        assertEquals("two\n", blocked.stderr());
        assertEquals(1, blocked.exits().size());
    }

    /** {@return whether a child waits when its output is not taken} Into a spool, it writes on. */
    boolean writersWait() {
        return true;
    }

    @Test
    void listenerThatBlocks_makesItsChildWaitAndGetsEverything() {
        CountDownLatch gate = new CountDownLatch(1);
        Launch blocked = heldUp(gate, "seq 1 300000; echo end > \"$1\"", directory + "/end");
        assertEquals("done\n", sh("seq 1 50000 > /dev/null; echo done").over().stdout());
        assertFalse(
                writersWait() && directory.resolve("end").toFile().exists(),
                "it waits: two megabytes are more than a pipe holds");
        gate.countDown();
        blocked.over();
        assertTrue(directory.resolve("end").toFile().exists());
        assertEquals(300_000, blocked.stdout().lines().count());
        assertTrue(blocked.stdout().endsWith("\n300000\n"));
    }

    @Test
    void stdin_isEmpty() {
        Launch launch = sh("cat; echo end");
        assertEquals(new ExitStatus.Exited(0), launch.exit());
        assertEquals("end\n", launch.stdout());
    }

    @Test
    void manyAtOnce_eachHasItsOwnOutputAndExit() {
        List<Launch> launches = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            launches.add(sh("echo number $1; exit $1", Integer.toString(number)));
        }
        for (int number = 0; number < launches.size(); number++) {
            assertEquals(new ExitStatus.Exited(number), launches.get(number).exit());
            assertEquals("number " + number + "\n", launches.get(number).stdout());
        }
    }
}
