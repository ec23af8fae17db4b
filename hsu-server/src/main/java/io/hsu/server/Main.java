package io.hsu.server;

import java.io.PrintStream;
import java.util.function.IntSupplier;

/** Runs the {@code hsu} command and ends the JVM with its exit code. */
public final class Main {

    /**
     * Does what the command line says; does not return.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(exitCode(() -> HsuCommand.execute(args), System.err));
    }

    /** Errors as well: threads of the manager would keep the JVM alive, with nobody to stop them. */
    static int exitCode(IntSupplier command, PrintStream err) {
        try {
            return command.getAsInt();
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
