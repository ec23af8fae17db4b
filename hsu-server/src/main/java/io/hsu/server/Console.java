package io.hsu.server;

import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.ProcessSpec;
import io.hsu.ProcessState;
import io.hsu.ProcessStatus;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Prints what happens, a line for each event and for what the manager says itself. Safe for use by many threads. */
final class Console {

    private final PrintStream out;
    private final Clock clock;
    private final EventPrinter printer;
    private final Map<String, ProcessState> printed = new HashMap<>();

    /**
     * @param out where to
     * @param clock what time it is, and in which zone it is shown
     * @param processes the processes
     */
    Console(PrintStream out, Clock clock, List<ProcessSpec> processes) {
        this.out = out;
        this.clock = clock;
        this.printer = new EventPrinter(clock.getZone(), processes);
    }

    /** Prints an event. */
    synchronized void onEvent(ProcessEvent event) {
        Optional<String> line = printer.line(event);
        line.ifPresent(this::print);
        if (event instanceof ProcessEvent.StateChanged change) {
            printed.put(change.processId(), change.to());
            notifyAll();
        }
    }

    /** Prints something that the manager has to say. */
    synchronized void say(String word, String text) {
        print(printer.line(clock.instant(), EventPrinter.MANAGER, word, text));
    }

    /**
     * Waits until it has been printed how each process came into the state it is in, so that what is said next stands below
     * it. Events come later than what they tell of, and may be missed: a time is enough.
     */
    synchronized void catchUp(ProcessManager manager, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (ProcessStatus process : manager.list()) {
            // One after the other: with each line that is printed, only one is looked at.
            while (!isPrinted(manager.status(process.id()))) {
                long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (rest <= 0) {
                    return;
                }
                wait(rest);
            }
        }
    }

    private boolean isPrinted(ProcessStatus status) {
        return status.state() == printed.getOrDefault(status.id(), ProcessState.REGISTERED);
    }

    /** In one piece: processes may write to the same stream. */
    private void print(String line) {
        out.print(line + System.lineSeparator());
        out.flush();
    }
}
