package io.hsu.server;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Runs the {@code hsu} command and ends the JVM with its exit code. */
public final class Main {

    /**
     * Does what the command line says; does not return.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        // JNA would run ldconfig to find out. What is loaded here, the C library, is found in any case.
        System.setProperty(
                "jna.platform.library.path", System.getProperty("jna.platform.library.path", "/lib:/usr/lib"));
        System.exit(exitCode(() -> run(args), System.err));
    }

    private static int run(String... args) throws InterruptedException {
        Optional<RunOptions> plain = PlainCommandLine.read(args);
        return plain.isPresent() ? new HsuServer(plain.get()).run() : HsuCommand.execute(args);
    }

    /** Errors as well: threads of the manager would keep the JVM alive, with nobody to stop them. */
    static int exitCode(Callable<Integer> command, PrintStream err) {
        try {
            return command.call();
        } catch (Throwable e) {
            tell(e, err);
            return ExitCodes.FAILED;
        }
    }

    private static void tell(Throwable error, PrintStream err) {
        try {
            err.print(Unexpected.text(error));
            err.flush();
        } catch (OutOfMemoryError e) {
            err.println("hsu: unexpected error: out of memory; give the JVM more, with -Xmx");
        }
    }

    private Main() {}
}
