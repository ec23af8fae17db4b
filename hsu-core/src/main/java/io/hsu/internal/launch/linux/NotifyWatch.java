package io.hsu.internal.launch.linux;

import io.hsu.internal.launch.LaunchListener;
import io.hsu.internal.linux.NotifySocket;
import io.hsu.internal.linux.Reactor;
import io.hsu.internal.linux.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what one launch says of itself, until it has ended. Believed are its own main process and whoever has the rights of the
 * manager, or more.
 */
final class NotifyWatch implements Reactor.Handler {

    private static final Logger log = LoggerFactory.getLogger(NotifyWatch.class);

    private static final String NAME = "hsu-notify-";
    private static final int ROOT = 0;

    /** So many at once, so that nobody who sends without end keeps the others waiting. */
    private static final int BATCH = 16;

    /** More than a queue holds where it is long (net.unix.max_dgram_qlen); others may send on without end. */
    private static final int LAST_BATCHES = 64;

    private final Reactor reactor;
    private final NotifySocket socket;
    private final LaunchListener listener;
    private volatile long registration;
    private volatile int pid;

    private boolean warned;
    private boolean registered;
    private boolean closed;

    /**
     * Opens the socket, before the child is there.
     *
     * @param mark the launch's
     */
    NotifyWatch(Reactor reactor, String mark, LaunchListener listener) throws IOException {
        this.reactor = reactor;
        this.socket = NotifySocket.open(NAME + mark);
        this.listener = listener;
    }

    /** {@return what a child finds the socket by, but for the mark of its launch that follows} */
    static String variable() {
        return "NOTIFY_SOCKET=@" + NAME;
    }

    /** Begins to read. */
    void open(int child) throws IOException {
        pid = child;
        listener.canNotify(this::hear);
        reactor.register(this);
        registered = true;
    }

    @Override
    public void registered(long number) {
        registration = number;
    }

    @Override
    public int descriptor() {
        return socket.descriptor();
    }

    @Override
    public void ready(Scratch scratch) {
        hear();
    }

    /**
     * What follows from it is done when no lock is held: it may be much.
     *
     * @return whether there may be more
     */
    private boolean hear() {
        List<Runnable> follows = read();
        follows.forEach(Runnable::run);
        return follows.size() == BATCH;
    }

    /** Read and taken in one, so that nobody who is quicker takes later messages first: this thread may be relieved at any time. */
    private synchronized List<Runnable> read() {
        List<Runnable> follows = new ArrayList<>();
        while (follows.size() < BATCH && !closed) {
            Optional<NotifySocket.Message> message = socket.next();
            if (message.isEmpty()) {
                break;
            }
            follows.add(take(message.get()));
        }
        return follows;
    }

    private Runnable take(NotifySocket.Message message) {
        boolean believed = message.pid() == pid || message.uid() == ROOT || message.uid() == NotifySocket.ownUid();
        return believed ? listener.notified(message.text()) : passedOver(message);
    }

    /** Told once: anybody on the machine can send, and as much as he likes. */
    private Runnable passedOver(NotifySocket.Message message) {
        if (warned) {
            return () -> {};
        }
        warned = true;
        String why = message.text().isEmpty() && message.pid() < 0
                ? "it is longer than %d bytes".formatted(NotifySocket.MOST_BYTES)
                : "it comes from process %d of user %d, but only the process itself, user %d and root are heard"
                        .formatted(message.pid(), message.uid(), NotifySocket.ownUid());
        return () -> log.warn("pid {}: a notification was passed over: {}; told once for each launch", pid, why);
    }

    /** The child has ended: its last words are read, and no more. Whatever goes wrong with them, its end is told. */
    void end() {
        try {
            boolean more = true;
            for (int batch = 0; more && batch < LAST_BATCHES; batch++) {
                more = hear();
            }
        } catch (RuntimeException | Error e) {
            log.error("pid {}: its last notifications were not heard, which is a bug in HSU", pid, e);
        } finally {
            close();
        }
    }

    /** Nothing is read any more. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (registered) {
            reactor.remove(socket.descriptor(), registration);
        }
        socket.close();
    }

    @Override
    public void failed() {
        reactor.pause(socket.descriptor());
    }
}
