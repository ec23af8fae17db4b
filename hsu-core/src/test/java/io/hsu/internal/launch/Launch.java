package io.hsu.internal.launch;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.ExitStatus;
import io.hsu.ResourceUsage;
import io.hsu.Signal;
import io.hsu.StreamKind;
import io.hsu.internal.state.Spool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A launch and all that the launcher has told of it. Safe for use by many threads. */
final class Launch implements LaunchListener {

    private final Map<StreamKind, ByteArrayOutputStream> output = new EnumMap<>(StreamKind.class);
    private final List<StreamKind> ended = new ArrayList<>();
    private final List<ExitStatus> exits = new ArrayList<>();
    private String outputAtExit;
    private volatile long firstOutputNanos;
    private volatile long exitNanos;
    private ResourceUsage usage;
    private volatile LaunchedProcess process;

    /** Until it is open, output is not taken. */
    private final CountDownLatch gate;

    private final Path spools;

    Launch() {
        this(new CountDownLatch(0));
    }

    Launch(CountDownLatch gate) {
        this(gate, null);
    }

    /** @param spools where its spools are made; null for pipes */
    Launch(CountDownLatch gate, Path spools) {
        this.gate = gate;
        this.spools = spools;
        for (StreamKind stream : StreamKind.values()) {
            output.put(stream, new ByteArrayOutputStream());
        }
    }

    Launch begun(LaunchedProcess launched) {
        process = launched;
        return this;
    }

    @Override
    public CompletableFuture<Void> output(StreamKind stream, ByteBuffer bytes, Runnable whenTaken) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        take(stream, bytes);
        if (whenTaken != null) {
            whenTaken.run();
        }
        return CompletableFuture.completedFuture(null);
    }

    private synchronized void take(StreamKind stream, ByteBuffer bytes) {
        if (firstOutputNanos == 0) {
            firstOutputNanos = System.nanoTime();
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        output.get(stream).writeBytes(copy);
    }

    @Override
    public Spool spool(StreamKind stream) throws IOException {
        return spools == null ? null : Spool.create(spools, 1, stream, Instant.now());
    }

    @Override
    public synchronized void outputEnded(StreamKind stream) {
        ended.add(stream);
    }

    @Override
    public synchronized void exited(ExitStatus status, ResourceUsage usage) {
        this.usage = usage;
        exits.add(status);
        outputAtExit = stdout();
        exitNanos = System.nanoTime();
    }

    LaunchedProcess process() {
        return process;
    }

    /** {@return what it has used; null if that was not told} */
    synchronized ResourceUsage usage() {
        return usage;
    }

    synchronized String stdout() {
        return output.get(StreamKind.STDOUT).toString(StandardCharsets.UTF_8);
    }

    synchronized String stderr() {
        return output.get(StreamKind.STDERR).toString(StandardCharsets.UTF_8);
    }

    /** {@return what had been handed on of standard output when the exit was told} */
    synchronized String outputAtExit() {
        return outputAtExit;
    }

    /** {@return the time from the first output to the exit} */
    Duration outputToExit() {
        return Duration.ofNanos(exitNanos - firstOutputNanos);
    }

    synchronized List<ExitStatus> exits() {
        return List.copyOf(exits);
    }

    synchronized List<StreamKind> ended() {
        return List.copyOf(ended);
    }

    /** {@return how it ended, once it has} */
    ExitStatus exit() {
        soon("the exit").until(() -> !exits().isEmpty());
        return exits().get(0);
    }

    /** Waits for the exit and the end of both streams. */
    Launch over() {
        exit();
        soon("the end of the output").until(() -> ended().size() == StreamKind.values().length);
        return this;
    }

    /** Waits until something has been written. */
    Launch untilOutput(String text) {
        soon("'" + text + "' on standard output").until(() -> stdout().contains(text));
        return this;
    }

    /** Waits until exactly these are its members. */
    void untilMembers(Set<Long> expected) {
        soon("the members").untilAsserted(() -> assertEquals(expected, members()));
    }

    Set<Long> members() {
        return process.members().stream().map(LaunchedProcess.TreeMember::pid).collect(Collectors.toSet());
    }

    void signalAll(Signal signal) {
        process.signal(process.members(), signal);
    }
}
