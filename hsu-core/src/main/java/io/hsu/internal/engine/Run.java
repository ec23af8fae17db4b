package io.hsu.internal.engine;

import io.hsu.ExitStatus;
import io.hsu.ResourceUsage;
import io.hsu.StreamKind;
import io.hsu.internal.health.LaunchFacts;
import io.hsu.internal.health.LaunchHealth;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.log.LaunchOutput;
import io.hsu.internal.log.PassThrough;
import io.hsu.internal.state.Spool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * One launch of a process, from the request to its end. The fields that are not final are set in the process's mailbox;
 * {@link #process} is read elsewhere too.
 */
final class Run implements LaunchListener {

    /**
     * How it has ended.
     *
     * @param usage null if the system does not tell
     */
    record Exit(ExitStatus status, ResourceUsage usage) {}

    final long launch;
    final LaunchOutput output;
    /** Completed when the launch has been told to the mailbox, so that no exit gets there first. */
    final CompletableFuture<Void> told = new CompletableFuture<>();

    private final BiConsumer<Run, Exit> onExit;

    /** Decides between the launch and a stop that comes before it: who sets it first has its way. */
    private final AtomicBoolean decided = new AtomicBoolean();

    private volatile boolean abandoned;
    volatile LaunchedProcess process;
    LaunchHealth health;
    /** Set with {@link #health}. */
    LaunchRequest request;
    /** What those may know who look at it or ask it to stop; set with {@link #health}. */
    LaunchFacts facts;

    StopSequence stop;
    /** Null while it is not measured. */
    ResourceGuard.Guarded guarded;

    Instant startedAt;
    long startedNanos;
    boolean exited;
    boolean treeGone;
    List<Long> survivors = List.of();
    boolean healthEnded;

    Run(long launch, LaunchOutput output, BiConsumer<Run, Exit> onExit) {
        this.launch = launch;
        this.output = output;
        this.onExit = onExit;
    }

    /** {@return whether the system may be called: no stop was quicker} */
    boolean mayLaunch() {
        return decided.compareAndSet(false, true);
    }

    /** {@return whether a stop was quicker} To be asked before {@link #mayLaunch} only. */
    boolean isCancelled() {
        return decided.get();
    }

    /** Nobody will look after the process, should it still come to be: it is killed then. */
    void abandon() {
        abandoned = true;
        cancelLaunch();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** {@return whether there will be no process: the stop was quicker than the launch} */
    boolean cancelLaunch() {
        return decided.compareAndSet(false, true);
    }

    @Override
    public CompletableFuture<Void> output(StreamKind stream, ByteBuffer bytes, Runnable whenTaken) {
        return output.bytes(stream, bytes, whenTaken);
    }

    @Override
    public PassThrough passThrough(StreamKind stream) {
        return output.passThrough(stream);
    }

    @Override
    public Spool spool(StreamKind stream) throws IOException {
        return output.spool(stream);
    }

    @Override
    public void spoolFailed(StreamKind stream, IOException failure) throws IOException {
        output.spoolFailed(stream, failure);
    }

    @Override
    public void outputDropped(StreamKind stream, long lines) {
        output.dropped(stream, lines);
    }

    @Override
    public void outputEnded(StreamKind stream) {
        output.end(stream);
    }

    @Override
    public void canNotify(Runnable hear) {
        facts.notifications().heardBy(hear);
    }

    @Override
    public Runnable notified(String message) {
        return facts.notifications().received(message);
    }

    @Override
    public void exited(ExitStatus status, ResourceUsage usage) {
        told.thenRun(() -> onExit.accept(this, new Exit(status, usage)));
    }
}
