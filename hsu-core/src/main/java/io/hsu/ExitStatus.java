package io.hsu;

import io.hsu.internal.Require;
import java.util.Optional;

/** How an operating system process ended. */
public sealed interface ExitStatus {

    /**
     * {@return the limit at which the kernel ended the process, or something of its tree; empty if there is none, or the kernel does
     * not tell}
     */
    default Optional<Breach> breach() {
        return Optional.empty();
    }

    /**
     * A limit that the kernel holds by ending what goes beyond it.
     *
     * @param kind {@link LimitKind#MEMORY}: the kernel's out-of-memory killer; {@link LimitKind#CPU_TIME}
     * @param detail what happened, and at which amount, in words
     */
    record Breach(LimitKind kind, String detail) {
        public Breach {
            Require.nonNull(kind, "kind");
            Require.nonNull(detail, "detail");
        }
    }

    /**
     * It ended by itself.
     *
     * @param code its exit code, 0 to 255 on POSIX systems
     * @param breach the limit at which one of its descendants was ended
     */
    record Exited(int code, Optional<Breach> breach) implements ExitStatus {

        public Exited(int code) {
            this(code, Optional.empty());
        }

        @Override
        public String toString() {
            return "exited with code " + code
                    + breach.map(limit -> "; something it had started was killed: " + limit.detail())
                            .orElse("");
        }
    }

    /**
     * A signal ended it.
     *
     * @param signal the signal's number
     * @param breach the limit at which the kernel sent it
     */
    record Killed(int signal, Optional<Breach> breach) implements ExitStatus {

        public Killed(int signal) {
            this(signal, Optional.empty());
        }

        @Override
        public String toString() {
            String name =
                    Signal.ofNumber(signal).map(known -> " (" + known + ")").orElse("");
            return "killed by signal " + signal + name
                    + breach.map(limit -> ": " + limit.detail()).orElse("");
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
