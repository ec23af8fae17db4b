package io.hsu.internal.launch.linux;

import io.hsu.Limit;
import io.hsu.OutputSpec;
import io.hsu.ProcessStartException;
import io.hsu.ProcessStartException.Reason;
import io.hsu.Signal;
import io.hsu.StreamKind;
import io.hsu.internal.launch.LaunchCommand;
import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.launch.LaunchMark;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.launch.LaunchSetting;
import io.hsu.internal.launch.LaunchedProcess;
import io.hsu.internal.launch.Launcher;
import io.hsu.internal.launch.LimitSupport;
import io.hsu.internal.linux.Descriptors;
import io.hsu.internal.linux.Errno;
import io.hsu.internal.linux.InheritedEnvironment;
import io.hsu.internal.linux.Layout;
import io.hsu.internal.linux.LibC;
import io.hsu.internal.linux.NativeMemory;
import io.hsu.internal.linux.PidFd;
import io.hsu.internal.linux.Reactor;
import io.hsu.internal.linux.SpawnIntoCgroup;
import io.hsu.internal.linux.SpoolFile;
import io.hsu.internal.state.Spool;
import io.hsu.internal.state.SpoolOwner;
import io.hsu.internal.time.Clock;
import io.hsu.internal.time.Timer;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/** Launches through the kernel's own interfaces; exits and output come to one thread, however many children there are. */
public final class LinuxLauncher implements Launcher {

    /** Whoever lives so long is worth the move to a control group. */
    private static final Duration SETTLED = Duration.ofMillis(100);

    private static final long RSS_TOLERANCE = 1024 * 1024;

    /** After a time in which others may have given threads back. */
    private static final Duration NO_THREAD = Duration.ofMillis(50);

    private final Timer timer;
    private final Clock clock;
    private final Executor pool;
    private final Reactor reactor;
    private final Cgroups cgroups;
    private final Settler settler;
    private final Spools spools;
    private final LimitKeeper limits;
    private final HeldSpawn heldSpawn;
    private final Spawner spawner = new Spawner();
    private final InheritedEnvironment inherited = new InheritedEnvironment();
    private final LaunchMark marks = new LaunchMark();
    private final ThreadLocal<NativeMemory> scratch = ThreadLocal.withInitial(() -> new NativeMemory(512));

    /**
     * @param threads makes the reactor's thread
     * @param pool reads output that goes somewhere slow
     * @param withCgroups whether process trees are kept together by control groups, where that can be
     * @throws IOException if the system has no descriptors left
     */
    public LinuxLauncher(Timer timer, Clock clock, ThreadFactory threads, Executor pool, boolean withCgroups)
            throws IOException {
        this.timer = timer;
        this.clock = clock;
        this.pool = task -> onPool(pool, threads, task);
        this.reactor = new Reactor(Layout.ofThisSystem(), timer, threads);
        try {
            this.cgroups = withCgroups ? Cgroups.open().orElse(null) : null;
        } catch (RuntimeException | Error e) {
            reactor.close();
            throw e;
        }
        this.spools = new Spools(reactor, timer, this.pool);
        this.limits = new LimitKeeper(new LimitGroups(withCgroups), new Disks());
        this.heldSpawn = new HeldSpawn(this.pool);
        this.settler = cgroups == null ? null : new Settler(cgroups, this.pool);
    }

    /** A stream that nobody reads on would stop its child for ever, so there is always another try. */
    private void onPool(Executor executor, ThreadFactory threads, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            threads.newThread(task).start(); // the manager is closed, and something of it goes on writing
        } catch (OutOfMemoryError e) {
            timer.schedule(NO_THREAD, () -> onPool(executor, threads, task)); // no thread is to be had now
        }
    }

    @Override
    public String name() {
        return cgroups == null ? "linux" : "linux, with process trees in " + cgroups;
    }

    @Override
    public LaunchedProcess launch(LaunchRequest request, LaunchListener listener) {
        SpawnBlock block = block(request);
        try (Launch launch = new Launch(request, listener)) {
            LinuxProcess process = launch.begin(block);
            if (settler != null && launch.birthplace == null && !request.beside()) {
                timer.schedule(SETTLED, () -> settler.add(process.tree()));
            }
            return process;
        }
    }

    @Override
    public boolean canSpool() {
        return true;
    }

    @Override
    public boolean canPause() {
        return true;
    }

    @Override
    public boolean canBeNotified() {
        return true;
    }

    @Override
    public LimitSupport support(Limit limit, List<Limit> all) {
        return limits.support(limit, all);
    }

    @Override
    public LimitSupport support(LaunchSetting setting, long value) {
        return limits.support(setting, value);
    }

    @Override
    public boolean follow(Spool spool, OutputSpec output, LaunchListener listener) throws IOException {
        SpoolBacklog backlog = spools.backlog(output);
        SpoolSource source = spools.source(spool, backlog, listener);
        try {
            spool.owner().ifPresent(owner -> backlog.tree(Spools.pauseOf(owner), owner.isStopped()));
            new OutputReader(reactor, pool, clock, source, spool.stream(), listener).open();
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
        return source.adopt();
    }

    @Override
    public void close() {
        spools.close();
        reactor.close();
        limits.close();
        if (cgroups != null) {
            cgroups.close();
        }
    }

    /** What is worked out once for all launches; a file for the environment is read each time. */
    private SpawnBlock block(LaunchRequest request) {
        Path executable = executable(request);
        if (request.prepared() instanceof SpawnBlock block && block.isFor(executable)) {
            return block;
        }
        SpawnBlock block = new SpawnBlock(request, executable, inherited);
        if (request.spec().environmentFile().isEmpty()) {
            request.prepared(block);
        }
        return block;
    }

    /** Whether a path can be executed, the kernel is asked alone, and what is wrong is looked for only if it refuses. */
    private static Path executable(LaunchRequest request) {
        String name = request.command().get(0);
        if (name.indexOf('/') >= 0) {
            try {
                return Path.of(name).toAbsolutePath();
            } catch (InvalidPathException e) {
                // told below
            }
        }
        return LaunchCommand.of(request).executable();
    }

    private static ProcessStartException refused(LaunchRequest request, Path executable, Reason reason, String why) {
        return new ProcessStartException(
                request.spec().id(),
                reason,
                "process '%s' cannot be started: the system refused to launch '%s': %s"
                        .formatted(request.spec().id(), executable, why),
                List.of(),
                null);
    }

    /** One launch; closing it closes what it has opened, but for what others have taken over. */
    private final class Launch implements AutoCloseable {
        private final LaunchRequest request;
        private final LaunchListener listener;
        private final NativeMemory memory = scratch.get();
        private final List<OutputReader> readers = new ArrayList<>(2);
        private final List<OutputSource> unread = new ArrayList<>(2);
        private final List<Spool> spools = new ArrayList<>(2);
        private final List<Integer> toClose = new ArrayList<>(3);
        private final List<Integer> writeEnds = new ArrayList<>(2);
        /** The control group it was born in; null if it was born in the manager's own. */
        private Cgroup birthplace;
        /** Null if the child does not notify. */
        private NotifyWatch notifications;
        /** Null if nothing goes through a spool. */
        private SpoolBacklog backlog;
        /** What the kernel holds of its limits. */
        private LaunchLimits held = LaunchLimits.NONE;

        Launch(LaunchRequest request, LaunchListener listener) {
            this.request = request;
            this.listener = listener;
        }

        LinuxProcess begin(SpawnBlock block) {
            String mark = marks.next();
            int pid = 0;
            try {
                held = limits.plan(request);
                int stdout = output(StreamKind.STDOUT);
                int stderr = output(StreamKind.STDERR);
                if (request.notifies()) {
                    notifications = new NotifyWatch(reactor, mark, listener);
                }
                pid = spawn(block, mark, stdout, stderr);
                closeWriteEnds(); // now the child alone has them
                return watched(pid, mark, ownPeak());
            } catch (IOException | RuntimeException | Error e) {
                if (pid > 0) {
                    killUnwatched(pid);
                }
                held.discard();
                throw e instanceof ProcessStartException known
                        ? known
                        : refused(request, block.executable(), Reason.SPAWN_FAILED, reason(e));
            }
        }

        /** {@return more memory in bytes than this process has had up to now} The kernel's counters are not exact. */
        private long ownPeak() {
            LibC.getrusage(0, memory.address());
            return memory.getLong(Layout.RUSAGE_MAX_RSS_KIB) * 1024 + RSS_TOLERANCE;
        }

        /** {@return the process id} It is born in a group of its own, where that can be. */
        private int spawn(SpawnBlock block, String mark, int stdout, int stderr) throws IOException {
            Cgroup cgroup = groupToBeBornIn();
            int group = cgroup == null ? Spawner.NONE : cgroup.openForSpawn();
            if (group != Spawner.NONE) {
                birthplace = cgroup;
                int error;
                try {
                    error = spawn(block, mark, stdout, stderr, group);
                } finally {
                    Descriptors.close(group);
                }
                if (error == 0) {
                    return memory.getInt(0);
                } // perhaps only this is forbidden (clone3, by a seccomp filter)
            }
            birthplace = held.unified();
            if (cgroup != null && cgroup != birthplace) {
                cgroup.giveBack();
            }
            int error = spawn(block, mark, stdout, stderr, Spawner.NONE);
            if (error != 0) {
                throw notExecuted(block, error);
            }
            return memory.getInt(0);
        }

        /** {@return the group of its limits, or one that keeps its tree together; null if there is none} */
        private Cgroup groupToBeBornIn() {
            if (!SpawnIntoCgroup.isAvailable()) {
                return null;
            }
            Cgroup ofLimits = held.unified();
            return ofLimits != null || cgroups == null ? ofLimits : cgroups.create();
        }

        /** {@return 0, or the error number} Its id is in the memory then. */
        private int spawn(SpawnBlock block, String mark, int stdout, int stderr, int group) throws IOException {
            if (!held.isAnythingHeld()) {
                return spawner.spawn(block, mark, stdout, stderr, group, null, memory);
            }
            try {
                return heldSpawn.spawn(
                        gate -> spawner.spawn(block, mark, stdout, stderr, group, gate, memory),
                        () -> memory.getInt(0),
                        child -> held.hold(child, group != Spawner.NONE));
            } catch (HeldSpawn.StepFailedException e) {
                killUnwatched(memory.getInt(0));
                throw e;
            }
        }

        /** {@return what the child writes to} */
        private int output(StreamKind stream) throws IOException {
            if (!request.captures(stream)) {
                return Spawner.NONE;
            }
            int write = spool(stream);
            return write != Spawner.NONE ? write : pipe(stream);
        }

        private int pipe(StreamKind stream) throws IOException {
            Descriptors.Pipe pipe = Descriptors.pipe(memory);
            writeEnds.add(pipe.write());
            read(stream, new PipeSource(pipe.read()));
            return pipe.write();
        }

        /** {@return what the child writes to; {@link Spawner#NONE} if it is to be a pipe} */
        private int spool(StreamKind stream) throws IOException {
            Spool spool = null;
            try {
                spool = listener.spool(stream);
                if (spool == null) {
                    return Spawner.NONE;
                }
                backlog = backlog == null
                        ? LinuxLauncher.this.spools.backlog(request.spec().output())
                        : backlog;
                int write = SpoolFile.openForWriter(spool.data().toString());
                writeEnds.add(write);
                SpoolSource source =
                        LinuxLauncher.this.spools.source(spool, backlog, listener); // before the child can close it
                spools.add(spool);
                read(stream, source);
                return write;
            } catch (IOException e) {
                if (spool != null) {
                    spool.delete();
                }
                listener.spoolFailed(stream, e);
                return Spawner.NONE;
            }
        }

        private void read(StreamKind stream, OutputSource source) {
            unread.add(source);
            readers.add(new OutputReader(reactor, pool, clock, source, stream, listener));
        }

        private LinuxProcess watched(int pid, String mark, long ownRss) throws IOException {
            int descriptor = PidFd.open(pid);
            if (descriptor < 0) {
                throw Errno.failed("pidfd_open");
            }
            toClose.add(descriptor);
            LinuxProcess process = new LinuxProcess(pid, descriptor, mark, birthplace, held);
            if (backlog != null) {
                SpoolOwner owner = new SpoolOwner(pid, process.tree().start(), mark, false);
                spools.forEach(spool -> spool.owner(owner));
                backlog.tree(process.pauses(), false);
            }
            for (OutputReader reader : readers) {
                reader.open();
                unread.remove(reader.source());
            }
            if (notifications != null) {
                notifications.open(pid);
            }
            new ExitWatch(reactor, timer, process, List.copyOf(readers), notifications, listener, ownRss).open();
            notifications = null; // the watch ends it, with the child
            toClose.remove((Integer) descriptor);
            return process;
        }

        /** Nobody would ever look after it. */
        private void killUnwatched(int pid) {
            LibC.kill(-pid, Signal.KILL.number());
            if (birthplace != null) {
                birthplace.kill();
            }
            PidFd.await(pid, memory.address(), memory.address() + Layout.SIGINFO_SIZE);
            if (birthplace != null) {
                birthplace.giveBack();
            }
        }

        /** The order matters: what is missing is told apart from what cannot be executed. */
        private ProcessStartException notExecuted(SpawnBlock block, int error) {
            LaunchCommand.of(request); // tells what it finds
            String why = Errno.failed("posix_spawn", error).getMessage();
            return switch (error) {
                case Errno.ENOENT ->
                    refused(
                            request,
                            block.executable(),
                            Reason.NOT_EXECUTABLE,
                            why + "; the loader it names is not there");
                case Errno.ENOEXEC ->
                    refused(request, block.executable(), Reason.NOT_EXECUTABLE, why + "; is it for this architecture?");
                case Errno.EACCES ->
                    refused(
                            request,
                            block.executable(),
                            Reason.NOT_EXECUTABLE,
                            why + "; is its file system mounted noexec?");
                default -> refused(request, block.executable(), Reason.SPAWN_FAILED, why);
            };
        }

        private String reason(Throwable e) {
            return e instanceof IOException ? e.getMessage() : e.toString();
        }

        private void closeWriteEnds() {
            writeEnds.forEach(Descriptors::close);
            writeEnds.clear();
        }

        @Override
        public void close() {
            closeWriteEnds();
            toClose.forEach(Descriptors::close);
            unread.forEach(OutputSource::close);
            if (notifications != null) {
                notifications.close();
            }
        }
    }
}
