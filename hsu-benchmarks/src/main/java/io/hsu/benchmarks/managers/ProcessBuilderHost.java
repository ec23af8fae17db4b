package io.hsu.benchmarks.managers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;

/** Runs children with what the JDK has, and starts anew what has ended. */
final class ProcessBuilderHost {

    private final Children children;
    private final boolean drained;

    private ProcessBuilderHost(Children children, boolean drained) {
        this.children = children;
        this.drained = drained;
    }

    /**
     * Runs children until it is killed.
     *
     * @param args which children ({@link Children#toArguments}), and {@code drained} if their output shall be read
     */
    public static void main(String[] args) throws InterruptedException {
        Children children = Children.parse(args[0], args[1], args[2]);
        ProcessBuilderHost host = new ProcessBuilderHost(children, args[3].equals("drained"));
        for (int i = 0; i < children.count(); i++) {
            host.start(i);
        }
        Thread.currentThread().join(); // for ever
    }

    private void start(int index) {
        ProcessBuilder builder = new ProcessBuilder(children.command(index));
        if (!drained) {
            builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        }
        try {
            Process process = builder.start();
            if (drained) {
                drain(process.getInputStream());
                drain(process.getErrorStream());
            }
            process.onExit().thenRun(() -> start(index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A read blocks, so each stream needs a thread. */
    private static void drain(InputStream stream) {
        Thread thread = new Thread(() -> {
            try (stream) {
                stream.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The child has died while it was read.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
