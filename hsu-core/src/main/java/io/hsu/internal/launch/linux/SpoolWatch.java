package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.Inotify;
import io.hsu.internal.linux.Reactor;
import io.hsu.internal.linux.Scratch;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the spools of one manager that something was written to them: one inotify for all, because a user has few of them. */
final class SpoolWatch implements Reactor.Handler {

    /** The readers' too: as long as one has it open, a writer cannot be told from him. */
    private static final int CLOSE = Inotify.CLOSE_WRITE | Inotify.CLOSE_NOWRITE;

    private final Reactor reactor;
    private final Inotify inotify;
    private final Map<Integer, SpoolSource> sources = new ConcurrentHashMap<>();
    private volatile long registration;
    private boolean closing;
    private boolean closed;

    SpoolWatch(Reactor reactor) throws IOException {
        this.reactor = reactor;
        this.inotify = new Inotify();
        try {
            reactor.register(this);
        } catch (IOException | RuntimeException | Error e) {
            inotify.close();
            throw e;
        }
    }

    /** {@return the number of a watch} Events that come before it is known to the map are asked for anew. */
    int add(String path, SpoolSource source) throws IOException {
        int watch = inotify.watch(path, Inotify.MODIFY | CLOSE);
        sources.put(watch, source);
        return watch;
    }

    /** Numbers of watches are not used again. */
    synchronized void remove(int watch) {
        sources.remove(watch);
        if (!closed) {
            inotify.unwatch(watch);
        }
        closeIfIdle();
    }

    /** Tells what is known now, without waiting for the reactor's turn. Not under the lock: who is told has locks of his own. */
    void look(Scratch scratch) {
        long length;
        synchronized (this) {
            length = closed ? 0 : inotify.read(scratch);
        }
        Inotify.tell(scratch, length, this::event);
    }

    private void event(int watch, int mask) {
        if ((mask & Inotify.OVERFLOW) != 0) {
            sources.values().forEach(SpoolSource::eventsWereLost);
            return;
        }
        SpoolSource source = sources.get(watch);
        if (source != null) {
            source.happened((mask & CLOSE) != 0);
        }
    }

    @Override
    public int descriptor() {
        return inotify.descriptor();
    }

    @Override
    public void registered(long number) {
        registration = number;
    }

    @Override
    public void ready(Scratch scratch) {
        look(scratch);
    }

    @Override
    public void failed() {
        reactor.pause(inotify.descriptor());
    }

    /** Ends with the last spool. */
    synchronized void closeWhenIdle() {
        closing = true;
        closeIfIdle();
    }

    private void closeIfIdle() {
        if (closing && !closed && sources.isEmpty()) {
            closed = true;
            reactor.remove(inotify.descriptor(), registration);
            inotify.close();
        }
    }
}
