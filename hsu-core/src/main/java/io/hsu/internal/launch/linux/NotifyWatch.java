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

    private final Reactor reactor;
    private final NotifySocket socket;
    private final LaunchListener listener;
    private volatile long registration;
    private volatile int pid;
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
        reactor.register(this);
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
        read().forEach(this::take); // not under the lock: what follows from it may be done at once
    }

    private synchronized List<NotifySocket.Message> read() {
        List<NotifySocket.Message> messages = new ArrayList<>();
        while (messages.size() < BATCH && !closed) {
            Optional<NotifySocket.Message> message = socket.next();
            if (message.isEmpty()) {
                break;
            }
            messages.add(message.get());
        }
        return messages;
    }

    private void take(NotifySocket.Message message) {
        boolean believed = message.pid() == pid || message.uid() == ROOT || message.uid() == NotifySocket.ownUid();
        if (believed) {
            listener.notified(message.text());
        } else {
            log.warn(
                    "pid {}: a notification was passed over; it is too long, or comes from process {} of user {}, who has no say",
                    pid,
                    message.pid(),
                    message.uid());
        }
    }

    /** The child has ended: its last words are read, and no more. */
    void end(Scratch scratch) {
        ready(scratch);
        reactor.remove(socket.descriptor(), registration);
        close();
    }

    /** There will be no child. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            socket.close();
        }
    }

    @Override
    public void failed() {
        reactor.pause(socket.descriptor());
    }
}
