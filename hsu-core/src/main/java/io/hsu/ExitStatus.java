package io.hsu;

/** How an operating system process ended. */
public sealed interface ExitStatus {

    /**
     * It ended by itself.
     *
     * @param code its exit code, 0 to 255 on POSIX systems
     */
    record Exited(int code) implements ExitStatus {
        @Override
        public String toString() {
            return "exited with code " + code;
        }
    }

    /**
     * A signal ended it.
     *
     * @param signal the signal's number
     */
    record Killed(int signal) implements ExitStatus {
        @Override
        public String toString() {
            String name =
                    Signal.ofNumber(signal).map(known -> " (" + known + ")").orElse("");
            return "killed by signal " + signal + name;
        }
    }

    /** It ended, and the system no longer has its status. */
    record Unknown() implements ExitStatus {
        @Override
        public String toString() {
            return "ended with unknown status";
        }
    }
}
