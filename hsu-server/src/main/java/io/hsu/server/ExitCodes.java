package io.hsu.server;

/** What the {@code hsu} command tells its caller. */
final class ExitCodes {

    /** It has done what was asked; everything it had started is stopped. */
    static final int DONE = 0;

    /** It could not run, or something could not be stopped. */
    static final int FAILED = 1;

    /** The command line or the configuration is wrong; nothing was started. picocli uses the same number. */
    static final int WRONG_INPUT = 2;

    private ExitCodes() {}
}
