package io.hsu.server;

/** Runs the {@code hsu} command and ends the JVM with its exit code. */
public final class Main {

    /**
     * Does what the command line says; does not return.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(HsuCommand.execute(args));
    }

    private Main() {}
}
