package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.proc.ProcFs;
import io.hsu.benchmarks.proc.ProcStat;
import io.hsu.benchmarks.support.CannotMeasureException;
import io.hsu.benchmarks.support.Programs;
import io.hsu.benchmarks.support.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** supervisord with one program. Its own start does not count: the child tells when it begins. */
final class SupervisordCapture implements Capture {

    private static final String PROGRAM = "supervisord";
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofNanos(200_000);

    private final long maxBytes;
    private final int files;

    /**
     * @param maxBytes how large a file may become; 0: any size
     * @param files how many are kept
     */
    SupervisordCapture(long maxBytes, int files) {
        this.maxBytes = maxBytes;
        this.files = files;
    }

    @Override
    public String key() {
        return PROGRAM;
    }

    @Override
    public String title() {
        return maxBytes == 0 ? PROGRAM : PROGRAM + ", rotation, no time";
    }

    @Override
    public Optional<String> missing() {
        return Programs.missing(PROGRAM);
    }

    @Override
    public Taken capture(Session session, Input input, LogFiles logs) throws IOException, InterruptedException {
        Path begun = session.directory().resolve("begun");
        Process process = session.start(List.of(
                Programs.require(PROGRAM).toString(),
                "-c",
                configure(session.directory(), child(session.directory(), begun, input), logs)
                        .toString()));
        awaitStart(process, begun, session);
        long start = System.nanoTime();
        long ticks = cpuTicks(process);
        logs.awaitLast(input.lines(), PATIENCE);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        long millis = (cpuTicks(process) - ticks) * TimeUnit.SECONDS.toMillis(1) / ProcStat.TICKS_PER_SECOND;
        return new Taken(time, Duration.ofMillis(millis), OptionalLong.empty());
    }

    private static Path child(Path directory, Path begun, Input input) throws IOException {
        return Files.writeString(directory.resolve("child.sh"), """
                : > '%s'
                exec cat '%s'
                """.formatted(begun, input.file()));
    }

    private Path configure(Path directory, Path child, LogFiles logs) throws IOException {
        return Files.writeString(directory.resolve("supervisord.conf"), """
                [supervisord]
                nodaemon=true
                logfile=%1$s/supervisord.log
                pidfile=%1$s/supervisord.pid
                childlogdir=%1$s
                [program:child]
                command=/bin/sh %2$s
                autorestart=false
                startsecs=0
                stderr_logfile=NONE
                stdout_logfile=%3$s
                stdout_logfile_maxbytes=%4$d
                stdout_logfile_backups=%5$d
                """.formatted(
                        directory, child, logs.current(), maxBytes, files));
    }

    private static void awaitStart(Process process, Path begun, Session session) throws IOException {
        long start = System.nanoTime();
        while (!Files.exists(begun)) {
            if (!process.isAlive() || System.nanoTime() - start > START_PATIENCE.toNanos()) {
                throw new CannotMeasureException("it did not start its program; it said last: " + session.output());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static long cpuTicks(Process process) {
        return ProcFs.stat(process.pid()).map(ProcStat::cpuTicks).orElse(0L);
    }
}
