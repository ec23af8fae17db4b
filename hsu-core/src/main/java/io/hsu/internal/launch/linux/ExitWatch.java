package io.hsu.internal.launch.linux;

import io.hsu.ExitStatus;
import io.hsu.ResourceUsage;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.linux.Descriptors;
import io.hsu.internal.linux.Layout;
import io.hsu.internal.linux.NativeMemory;
import io.hsu.internal.linux.Reactor;
import io.hsu.internal.linux.Scratch;
import io.hsu.internal.time.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the end of one child, takes its status, and tells it when the child's last words have been handed on. */
final class ExitWatch implements Reactor.Handler {

    private static final Logger log = LoggerFactory.getLogger(ExitWatch.class);

    // si_code of a child's end, sigaction(2).
    private static final int CLD_EXITED = 1;

    private static final Duration TRACED_RETRY = Duration.ofMillis(10);

    private final Reactor reactor;
    private final Timer timer;
    private final LinuxProcess process;
    private final List<OutputReader> readers;
    private final NotifyWatch notifications;
    private final LaunchListener listener;
    private final long hiddenRss;
    private volatile long registration;
    private volatile PendingExit pending;

    /**
     * @param notifications null if the child does not notify
     * @param hiddenRss up to which peak the kernel cannot tell the child's memory from this process's, in bytes
     */
    ExitWatch(
            Reactor reactor,
            Timer timer,
            LinuxProcess process,
            List<OutputReader> readers,
            NotifyWatch notifications,
            LaunchListener listener,
            long hiddenRss) {
        this.reactor = reactor;
        this.timer = timer;
        this.process = process;
        this.readers = readers;
        this.notifications = notifications;
        this.listener = listener;
        this.hiddenRss = hiddenRss;
    }

    /** Begins to wait. */
    void open() throws IOException {
        reactor.register(this);
    }

    @Override
    public void registered(long number) {
        registration = number;
    }

    @Override
    public int descriptor() {
        return process.descriptor();
    }

    @Override
    public void ready(Scratch scratch) {
        NativeMemory memory = scratch.memory();
        switch (process.reap(memory)) {
            case BEFORE -> {
                // Another thread was relieved here, and had been quicker.
            }
            case LATER -> lookAgain();
            case WITH_STATUS -> over(scratch, status(memory), usage(memory));
            case WITHOUT_STATUS -> over(scratch, new ExitStatus.Unknown(), null);
        }
    }

    private void over(Scratch scratch, ExitStatus reaped, ResourceUsage usage) {
        ExitStatus status = process.explained(reaped);
        reactor.remove(process.descriptor(), registration);
        Descriptors.close(process.descriptor());
        PendingExit exit = new PendingExit(listener, status, usage, readers.size());
        pending = exit;
        if (notifications != null) {
            notifications.end();
        }
        for (OutputReader reader : readers) {
            try {
                reader.drain(scratch, exit::drained);
            } catch (RuntimeException | Error e) {
                log.error("pid {}: its last words were not read, which is a bug in HSU", process.pid(), e);
                exit.drained();
            }
        }
        exit.noLaterThan(timer);
    }

    /** A debugger has it: its end is the debugger's first. */
    private void lookAgain() {
        process.whileAlive(() -> reactor.pause(process.descriptor()));
        timer.schedule(
                TRACED_RETRY,
                () -> process.whileAlive(() -> {
                    try {
                        reactor.resume(process.descriptor(), registration);
                    } catch (IOException e) {
                        log.error("pid {}: its end cannot be waited for: {}", process.pid(), e.toString());
                    }
                }));
    }

    @Override
    public void failed() {
        process.whileAlive(() -> reactor.pause(process.descriptor()));
    }

    /** A sink holds up the last words: the exit is told without them. */
    @Override
    public void relieved() {
        readers.forEach(OutputReader::relieved);
        PendingExit exit = pending;
        if (exit != null) {
            exit.tell();
        }
    }

    private static ExitStatus status(NativeMemory siginfo) {
        int status = siginfo.getInt(Layout.SIGINFO_STATUS);
        return siginfo.getInt(Layout.SIGINFO_CODE) == CLD_EXITED
                ? new ExitStatus.Exited(status)
                : new ExitStatus.Killed(status);
    }

    private ResourceUsage usage(NativeMemory memory) {
        int at = LinuxProcess.RUSAGE_AT;
        long rss = memory.getLong(at + Layout.RUSAGE_MAX_RSS_KIB) * 1024;
        return new ResourceUsage(
                time(memory, at + Layout.RUSAGE_USER_SECONDS, at + Layout.RUSAGE_USER_MICROS),
                time(memory, at + Layout.RUSAGE_SYSTEM_SECONDS, at + Layout.RUSAGE_SYSTEM_MICROS),
                rss > hiddenRss ? OptionalLong.of(rss) : OptionalLong.empty());
    }

    private static Duration time(NativeMemory memory, int seconds, int micros) {
        return Duration.ofSeconds(memory.getLong(seconds), memory.getLong(micros) * 1000);
    }
}
