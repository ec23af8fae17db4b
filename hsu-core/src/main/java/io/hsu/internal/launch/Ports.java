package io.hsu.internal.launch;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives out ports that nobody listens on, each to one process at a time. Between this and the process's own listening, somebody
 * else may be quicker; then the process fails to start, and gets another port with its next launch. Safe for use by many threads.
 */
public final class Ports {

    private static final int TRIES = 100;

    /** Looks for ports. */
    @FunctionalInterface
    public interface Finder {

        /**
         * {@return a port that nobody listens on}
         *
         * @param port the one that is wanted; 0 for any
         * @throws IOException if that one is taken, or none is to be had
         */
        int find(int port) throws IOException;
    }

    private final Finder finder;
    private final Set<Integer> given = new HashSet<>();

    /** @param finder looks for them */
    public Ports(Finder finder) {
        this.finder = finder;
    }

    /** {@return those of this system} */
    public static Ports ofSystem() {
        return new Ports(Ports::bind);
    }

    /** On all addresses: whoever listens on one of them has it. */
    private static int bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1)) {
            return socket.getLocalPort();
        }
    }

    /**
     * {@return the port that a process has had, if it is free still; otherwise another one}
     *
     * @param before what this process was given before, and has not given back; 0 if nothing
     * @throws IOException if none is to be had
     */
    public synchronized int take(int before) throws IOException {
        if (before != 0 && isFree(before)) {
            return before;
        }
        for (int tries = 0; tries < TRIES; tries++) {
            int port = finder.find(0);
            if (given.add(port)) {
                giveBack(before); // not sooner: as long as there is no other one, it is this process's
                return port;
            }
        }
        throw new BindException("every free port is given to another process");
    }

    private boolean isFree(int port) {
        try {
            return finder.find(port) == port;
        } catch (IOException e) {
            return false;
        }
    }

    /** Nobody needs it any more. */
    public synchronized void giveBack(int port) {
        given.remove(port);
    }
}
